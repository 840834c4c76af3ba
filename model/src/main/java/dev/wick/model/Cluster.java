package dev.wick.model;

import java.time.Duration;
import java.util.List;

/**
 * The hosts that serve what is routed to it.
 *
 * @param endpoints may be empty: every request is then answered with 503 {@code no healthy
 *     upstream}
 * @param connectTimeout more than 0; default 5 s
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto">Envoy's
 *     Cluster</a>
 */
public record Cluster(
        String name,
        List<Endpoint> endpoints,
        LoadBalancing loadBalancing,
        Duration connectTimeout,
        UpstreamProtocol protocol,
        CircuitBreakers circuitBreakers,
        HealthChecking health)
        implements Document {

    /** Envoy's default connect timeout. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A cluster with all defaults. */
    public Cluster(String name, List<Endpoint> endpoints) {
        this(
                name,
                endpoints,
                LoadBalancing.DEFAULT,
                DEFAULT_CONNECT_TIMEOUT,
                UpstreamProtocol.DEFAULT,
                CircuitBreakers.DEFAULT,
                HealthChecking.DEFAULT);
    }

    public Cluster {
        endpoints = List.copyOf(endpoints);
    }

    /** The Endpoints that has its hosts; empty where it has them itself. */
    public String endpointsName() {
        LoadBalancing.Discovery discovery = loadBalancing.discovery();
        if (discovery.type() != LoadBalancing.Type.EDS) {
            return "";
        }
        return discovery.serviceName().isEmpty() ? name : discovery.serviceName();
    }

    @Override
    public Kind kind() {
        return Kind.CLUSTER;
    }
}
