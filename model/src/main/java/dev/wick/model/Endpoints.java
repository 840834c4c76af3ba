package dev.wick.model;

import dev.wick.model.LoadBalancing.LocalityWeight;
import java.util.List;

/**
 * Hosts of clusters of type EDS, in a document of their own: they change more often than all else.
 *
 * @param localityWeights of localities that have a weight; each once
 * @param overprovisioningFactor percent, 100-10,000; default 140
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/endpoint/v3/endpoint.proto">Envoy's
 *     ClusterLoadAssignment</a>
 */
public record Endpoints(
        String name,
        List<Endpoint> endpoints,
        List<LocalityWeight> localityWeights,
        int overprovisioningFactor)
        implements Document {

    public Endpoints {
        endpoints = List.copyOf(endpoints);
        localityWeights = List.copyOf(localityWeights);
    }

    @Override
    public Kind kind() {
        return Kind.ENDPOINTS;
    }
}
