package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.health.HealthSettings;
import java.util.List;

/**
 * What a cluster is made of.
 *
 * @param endpoints addresses and DNS names; each address that a name has is a host
 * @param connectTimeoutMillis above 0; Envoy's default is 5000
 */
public record ClusterSettings(
        String name,
        List<EndpointAddress> endpoints,
        BalancerSettings balancing,
        long connectTimeoutMillis,
        ConnectionSettings connections,
        HealthSettings health) {

    public ClusterSettings {
        endpoints = List.copyOf(endpoints);
    }

    /** With Envoy's defaults for connections, and nobody looking after the hosts. */
    ClusterSettings(
            String name,
            List<EndpointAddress> endpoints,
            BalancerSettings balancing,
            long connectTimeoutMillis) {
        this(
                name,
                endpoints,
                balancing,
                connectTimeoutMillis,
                ConnectionSettings.DEFAULT,
                HealthSettings.NONE);
    }

    /** With nobody looking after the hosts. */
    ClusterSettings(
            String name,
            List<EndpointAddress> endpoints,
            BalancerSettings balancing,
            long connectTimeoutMillis,
            ConnectionSettings connections) {
        this(name, endpoints, balancing, connectTimeoutMillis, connections, HealthSettings.NONE);
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterSettings that
                && name.equals(that.name)
                && balancing.equals(that.balancing)
                && connectTimeoutMillis == that.connectTimeoutMillis
                && endpoints.equals(that.endpoints)
                && connections.equals(that.connections)
                && health.equals(that.health);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
