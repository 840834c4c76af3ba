package dev.wick.gateway.upstream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a cluster's hosts are made.
 *
 * @param preconnect for how many requests a host has connections, for each that it has: 1-3
 * @param predictive the same for the cluster as a whole
 * @param sourceAddress an IP address of this machine; null for any
 * @param keepalive whether the kernel probes connections
 * @param keepaliveProbes 0: as the kernel has it; so with the next two
 * @param bufferLimit octets that may wait for a host before its client is told to stop
 * @param proxyVersion 1 or 2 where each connection begins by saying whose it is, else 0
 */
public record SocketSettings(
        double preconnect,
        double predictive,
        @Nullable String sourceAddress,
        boolean keepalive,
        int keepaliveProbes,
        int keepaliveSeconds,
        int keepaliveIntervalSeconds,
        int bufferLimit,
        int proxyVersion) {

    /** Envoy's defaults. */
    public static final SocketSettings DEFAULT =
            new SocketSettings(1, 1, null, false, 0, 0, 0, 1024 * 1024, 0);

    boolean preconnects() {
        return preconnect > 1 || predictive > 1;
    }

    /** Whose a connection to come will be is not known beforehand, where hosts are told. */
    boolean foresees() {
        return predictive > 1 && proxyVersion == 0;
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof SocketSettings that
                && preconnect == that.preconnect
                && predictive == that.predictive
                && Objects.equals(sourceAddress, that.sourceAddress)
                && keepalive == that.keepalive
                && keepaliveProbes == that.keepaliveProbes
                && keepaliveSeconds == that.keepaliveSeconds
                && keepaliveIntervalSeconds == that.keepaliveIntervalSeconds
                && bufferLimit == that.bufferLimit
                && proxyVersion == that.proxyVersion;
    }

    @Override
    public int hashCode() {
        return 31 * bufferLimit + proxyVersion;
    }
}
