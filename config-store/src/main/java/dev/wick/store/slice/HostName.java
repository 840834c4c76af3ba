package dev.wick.store.slice;

import dev.wick.model.DomainName;
import dev.wick.store.keep.DomainKey;
import java.util.List;

/**
 * A host that a request names, in its place; or a cluster that a header of a request names, in
 * {@link #CLUSTERS}.
 *
 * @param listener a name
 * @param chain empty for the unnamed chain
 * @param host normalised, with its port where the request had one; of a cluster its name
 */
public record HostName(String listener, String chain, String host) {

    private static final String EVERY = "*";

    /** In the place of a chain: names of clusters, the same for all listeners. */
    public static final String CLUSTERS = "*clusters";

    /** In its normal form. */
    public static HostName of(String listener, String chain, String host) {
        boolean cluster = chain.equals(CLUSTERS);
        return new HostName(listener, chain, cluster ? host : DomainName.normalise(host));
    }

    boolean isCluster() {
        return chain.equals(CLUSTERS);
    }

    /**
     * Where a domain that serves the host may be claimed: on its own listener and chain, on all
     * listeners, on all chains.
     */
    public List<DomainKey> places(String domain) {
        DomainKey own = new DomainKey(listener, "", domain);
        DomainKey everywhere = new DomainKey(EVERY, "", domain);
        if (isCluster()) {
            return List.of(
                    new DomainKey(listener, chain, domain), new DomainKey(EVERY, chain, domain));
        }
        return chain.isEmpty()
                ? List.of(own, everywhere)
                : List.of(
                        new DomainKey(listener, chain, domain),
                        own,
                        new DomainKey(EVERY, chain, domain),
                        everywhere);
    }
}
