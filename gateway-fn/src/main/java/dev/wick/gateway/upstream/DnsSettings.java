package dev.wick.gateway.upstream;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How the names of a cluster's hosts are looked up.
 *
 * @param logical whether a name is one host, at the first of its addresses, whatever that is
 * @param refreshMillis how old an answer may be
 * @param failureBaseMillis 0: as refreshMillis; else how long a name that was not answered for
 *     rests, at random up to this, doubled with each failure
 * @param failureMostMillis and at most this
 * @param respectsTtl whether an answer may be as old as it says instead
 * @param servers whom to ask; empty: whom the machine asks
 */
public record DnsSettings(
        boolean logical,
        long refreshMillis,
        long failureBaseMillis,
        long failureMostMillis,
        Family family,
        boolean respectsTtl,
        List<InetSocketAddress> servers) {

    /** Envoy's, but that both families are taken. */
    public static final DnsSettings DEFAULT =
            new DnsSettings(false, 5_000, 0, 0, Family.ALL, false, List.of());

    /** Which of a name's addresses are taken. */
    public enum Family {
        ALL,
        /** Those of IPv6, or where there are none, of IPv4. */
        AUTO,
        V4_ONLY,
        V6_ONLY,
        V4_PREFERRED
    }

    /** Whether the machine's own way to look names up is not enough. */
    boolean own() {
        return respectsTtl || !servers.isEmpty();
    }

    /**
     * How long an answer counts.
     *
     * @param ttlSeconds what it says; 0 or less: nothing
     */
    long restMillis(long ttlSeconds) {
        return respectsTtl && ttlSeconds > 0 ? ttlSeconds * 1_000 : refreshMillis;
    }

    /**
     * How long to wait after names were not answered for.
     *
     * @param failures in a row, 1 or more
     */
    long failureMillis(int failures) {
        if (failureBaseMillis == 0) {
            return refreshMillis;
        }
        long most = failureBaseMillis << Math.min(failures - 1, 20);
        return 1 + ThreadLocalRandom.current().nextLong(Math.min(most, failureMostMillis));
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsSettings that
                && logical == that.logical
                && refreshMillis == that.refreshMillis
                && failureBaseMillis == that.failureBaseMillis
                && failureMostMillis == that.failureMostMillis
                && family == that.family
                && respectsTtl == that.respectsTtl
                && servers.equals(that.servers);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(refreshMillis);
    }
}
