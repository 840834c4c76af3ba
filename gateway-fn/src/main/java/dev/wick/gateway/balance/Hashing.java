package dev.wick.gateway.balance;

/** Hosts of which a request's hash says which one it goes to. Immutable. */
abstract class Hashing extends Source {

    final Member[] members;

    /**
     * @param members one or more
     */
    Hashing(Member[] members) {
        this.members = members;
    }

    /** The place of the host among the members. */
    abstract int owner(long hash, int attempt);

    @Override
    final Member pick(Turns turns, long hash, int attempt) {
        return members[owner(hash, attempt)];
    }
}
