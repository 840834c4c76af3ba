package dev.wick.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the balancer beyond any host. Confined to its loop; a request that asks
 * for nothing has none.
 */
public class Selection {

    /** Decides the host where the cluster hashes, if {@link #hashed}. */
    public long hash;

    public boolean hashed;

    /** The subset, as {@code SubsetKey} writes it; null: any. */
    public @Nullable String subset;

    /** The address of the host that the session is bound to, as {@code 10.0.0.1:80}; null: none. */
    public @Nullable String bound;

    /** Whether a bound host that cannot be used is no reason to take another. */
    public boolean strict;

    /** Which priorities get nothing of this request; null: as for any request. */
    public @Nullable PreviousPriorities priorities;

    /** How often another host is chosen in the place of one that was refused. */
    public int reselections;

    /**
     * Whether another host is wanted, as after a failure of this one; asked at most {@link
     * #reselections} times, and the last is taken all the same.
     */
    public boolean refuses(Member member) {
        return false;
    }
}
