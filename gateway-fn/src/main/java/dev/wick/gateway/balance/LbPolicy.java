package dev.wick.gateway.balance;

/** How a host is chosen among a cluster's. */
public enum LbPolicy {
    /** One after the other, as often as their weights say, for each loop by itself. */
    ROUND_ROBIN,
    /** The least busy of some at random; where weights differ, by weight and activity. */
    LEAST_REQUEST,
    RANDOM,
    /** By the request's hash, on a ring. */
    RING_HASH,
    /** By the request's hash, in a table. */
    MAGLEV;

    /** Whether the request's hash decides. */
    public boolean hashes() {
        return this == RING_HASH || this == MAGLEV;
    }
}
