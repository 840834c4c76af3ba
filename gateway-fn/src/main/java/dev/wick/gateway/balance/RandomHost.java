package dev.wick.gateway.balance;

/** Any host; weights count for nothing, as in Envoy. */
final class RandomHost extends Source {

    private final Member[] members;

    RandomHost(Member[] members) {
        this.members = members;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        return members[turns.random(members.length)];
    }
}
