package dev.wick.gateway.upstream;

/** How a host is chosen among a cluster's. */
public enum LbPolicy {
    /** One after the other, for each loop by itself. */
    ROUND_ROBIN,
    /** Of two at random the one with fewer requests. */
    LEAST_REQUEST
}
