package dev.wick.model;

import java.time.Duration;
import java.util.List;

/**
 * The hosts that serve what is routed to it.
 *
 * @param endpoints may be empty: every request is then answered with 503 {@code no healthy
 *     upstream}
 * @param lbPolicy default ROUND_ROBIN
 * @param connectTimeout more than 0; default 5 s
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto">Envoy's
 *     Cluster</a>
 */
public record Cluster(
        String name, List<Endpoint> endpoints, LbPolicy lbPolicy, Duration connectTimeout)
        implements Document {

    /** Envoy's default connect timeout. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    public Cluster {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public Kind kind() {
        return Kind.CLUSTER;
    }

    /**
     * One host, or the hosts that a DNS name stands for (every address is a host, as in Envoy's
     * STRICT_DNS).
     *
     * @param address IP address or DNS name
     * @param port 1-65535
     */
    public record Endpoint(String address, int port) {}

    /** How a host is picked for a request; Envoy's names. */
    public enum LbPolicy {
        ROUND_ROBIN,
        /** The one with fewer active requests of two picked at random. */
        LEAST_REQUEST
    }
}
