package dev.wick.model;

import java.util.Map;

/**
 * One host, or the hosts that a DNS name stands for (every address is a host, as in Envoy's
 * STRICT_DNS).
 *
 * @param address IP address or DNS name
 * @param port 1-65535
 * @param hostname empty: none
 * @param loadBalancingWeight 1-4,294,967,295; default 1
 * @param priority 0-128, 0 is the highest; default 0
 * @param healthStatus default UNKNOWN, which counts as healthy
 * @param lbMetadata what the metadata says under {@code envoy.lb}, each value as JSON
 */
public record Endpoint(
        String address,
        int port,
        String hostname,
        long loadBalancingWeight,
        int priority,
        Locality locality,
        HealthStatus healthStatus,
        Map<String, String> lbMetadata) {

    /** One of which nothing else is said. */
    public Endpoint(String address, int port) {
        this(address, port, "", 1, 0, Locality.UNKNOWN, HealthStatus.UNKNOWN, Map.of());
    }

    public Endpoint {
        lbMetadata = Map.copyOf(lbMetadata);
    }

    /** What the configuration knows of its health; Envoy's names. */
    public enum HealthStatus {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY,
        DRAINING,
        TIMEOUT,
        DEGRADED
    }
}
