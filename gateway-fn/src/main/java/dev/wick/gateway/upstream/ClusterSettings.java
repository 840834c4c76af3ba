package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.health.HealthSettings;
import java.util.List;

/**
 * What a cluster is made of.
 *
 * @param endpoints addresses and DNS names; each address that a name has is a host
 * @param connectTimeoutMillis above 0; Envoy's default is 5000
 * @param dns how the names of endpoints are looked up
 * @param endpointsName the Endpoints that has the hosts; empty where they are here
 */
public record ClusterSettings(
        String name,
        List<EndpointAddress> endpoints,
        BalancerSettings balancing,
        long connectTimeoutMillis,
        ConnectionSettings connections,
        HealthSettings health,
        String endpointsName,
        DnsSettings dns,
        BreakerSettings breakers) {

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
                HealthSettings.NONE,
                "",
                DnsSettings.DEFAULT,
                BreakerSettings.DEFAULT);
    }

    /** With nobody looking after the hosts. */
    ClusterSettings(
            String name,
            List<EndpointAddress> endpoints,
            BalancerSettings balancing,
            long connectTimeoutMillis,
            ConnectionSettings connections) {
        this(
                name,
                endpoints,
                balancing,
                connectTimeoutMillis,
                connections,
                HealthSettings.NONE,
                "",
                DnsSettings.DEFAULT,
                BreakerSettings.DEFAULT);
    }

    /** With the hosts of another document. */
    public ClusterSettings with(EndpointsSettings hosts) {
        return new ClusterSettings(
                name,
                hosts.endpoints(),
                balancing.with(hosts.localityWeights(), hosts.overprovisioning()),
                connectTimeoutMillis,
                connections,
                health,
                endpointsName,
                dns,
                breakers);
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
                && health.equals(that.health)
                && endpointsName.equals(that.endpointsName)
                && dns.equals(that.dns)
                && breakers.equals(that.breakers);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
