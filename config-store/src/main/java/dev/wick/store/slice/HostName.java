package dev.wick.store.slice;

import dev.wick.model.DomainName;

/**
 * A host that a request names, in its place; or a cluster that a header of a request names, in
 * {@link #CLUSTERS}.
 *
 * @param listener a name
 * @param chain empty for the unnamed chain
 * @param host normalised, with its port where the request had one; of a cluster its name
 */
public record HostName(String listener, String chain, String host) {

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
}
