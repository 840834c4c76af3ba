package dev.wick.model;

/**
 * How a cluster's hosts are picked.
 *
 * @param policy default ROUND_ROBIN
 */
public record LoadBalancing(Policy policy) {

    /** What holds where a document says nothing. */
    public static final LoadBalancing DEFAULT = new LoadBalancing(Policy.ROUND_ROBIN);

    /** How a host is picked for a request; Envoy's names. */
    public enum Policy {
        ROUND_ROBIN,
        /** The one with fewer active requests of two picked at random. */
        LEAST_REQUEST
    }
}
