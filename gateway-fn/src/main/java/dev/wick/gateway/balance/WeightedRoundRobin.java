package dev.wick.gateway.balance;

/** One host after the other, as often as their weights say. */
final class WeightedRoundRobin extends Source {

    private final int index;
    private final int[] order;
    private final Member[] members;

    /**
     * @param order of {@link Schedule}; one or more
     */
    WeightedRoundRobin(int index, int[] order, Member[] members) {
        this.index = index;
        this.order = order;
        this.members = members;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        return members[order[turns.turn(index, order.length)]];
    }
}
