package dev.wick.gateway.balance;

/** One host after the other. */
final class RoundRobin extends Source {

    private final int index;
    private final Member[] members;

    /**
     * @param members one or more
     */
    RoundRobin(int index, Member[] members) {
        this.index = index;
        this.members = members;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        return members[turns.turn(index, members.length)];
    }
}
