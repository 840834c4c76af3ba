package dev.wick.store.explain;

import dev.wick.model.CircuitBreakers;
import dev.wick.model.CircuitBreakers.Thresholds;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoints;
import dev.wick.model.LoadBalancing;
import dev.wick.model.LoadBalancing.Discovery;
import dev.wick.model.LoadBalancing.Policy;
import dev.wick.model.LoadBalancing.Type;
import dev.wick.model.RoutingPriority;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.wire.Setting;
import dev.wick.model.wire.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a cluster does with the requests of a route. */
final class ClusterSettings {

    /** More endpoints are counted. */
    private static final int MOST_ENDPOINTS = 10;

    private ClusterSettings() {}

    /**
     * @param elsewhere the document that has its hosts; null: it has them itself
     */
    static void tell(
            Cluster cluster, @Nullable Endpoints elsewhere, RoutingPriority priority, Told told) {
        String of = cluster.kind().spelling() + "/" + cluster.name();
        Map<String, String> origins = new HashMap<>();
        String hosts = of;
        if (elsewhere != null) {
            hosts = elsewhere.kind().spelling() + "/" + elsewhere.name();
            origins.put("localityWeights", hosts);
            origins.put("overprovisioningFactor", hosts);
        }
        UpstreamProtocol protocol = cluster.protocol();
        if (protocol.explicit() == null && protocol.downstream() == null) {
            origins.put("explicitHttpConfig", Told.DEFAULT);
        }
        if (cluster.loadBalancing().discovery().serviceName().isEmpty()) {
            origins.put("edsClusterConfig", Told.DEFAULT);
        }
        if (cluster.circuitBreakers().thresholds().stream()
                .noneMatch(one -> one.priority() == priority)) {
            origins.put("circuitBreakers", Told.DEFAULT);
        }
        List<Setting> all = Settings.of(inForce(cluster, elsewhere, priority));
        told.add(of, all, origins, leftOut(cluster.loadBalancing()));
        endpoints(of, all, hosts, told);
    }

    /** With what holds where the document says nothing, or another document says it. */
    private static Cluster inForce(
            Cluster cluster, @Nullable Endpoints elsewhere, RoutingPriority priority) {
        LoadBalancing own = cluster.loadBalancing();
        LoadBalancing balancing =
                new LoadBalancing(
                        own.policy(),
                        own.leastRequest(),
                        own.ringHash(),
                        own.maglev(),
                        own.slowStart(),
                        own.common(),
                        own.subsets(),
                        elsewhere == null ? own.localityWeights() : elsewhere.localityWeights(),
                        elsewhere == null
                                ? own.overprovisioningFactor()
                                : elsewhere.overprovisioningFactor(),
                        new Discovery(
                                own.discovery().type(),
                                cluster.endpointsName(),
                                own.discovery().dns()));
        return new Cluster(
                cluster.name(),
                elsewhere == null ? cluster.endpoints() : elsewhere.endpoints(),
                balancing,
                cluster.connectTimeout(),
                spoken(cluster.protocol()),
                new CircuitBreakers(List.of(thresholds(cluster, priority))),
                cluster.health());
    }

    private static UpstreamProtocol spoken(UpstreamProtocol protocol) {
        if (protocol.explicit() != null || protocol.downstream() != null) {
            return protocol;
        }
        return new UpstreamProtocol(
                protocol.common(),
                new UpstreamProtocol.Choice(new UpstreamProtocol.Http1(false, null), null),
                null,
                protocol.connections());
    }

    private static Thresholds thresholds(Cluster cluster, RoutingPriority priority) {
        Thresholds limits = cluster.circuitBreakers().of(priority);
        return new Thresholds(
                priority,
                limits.maxConnections(),
                limits.maxPendingRequests(),
                limits.maxRequests(),
                limits.maxRetries(),
                limits.retryBudget(),
                limits.trackRemaining(),
                limits.maxConnectionPools());
    }

    /** What belongs to other policies and other types. */
    private static Set<String> leftOut(LoadBalancing balancing) {
        Set<String> fields = new HashSet<>(Set.of("name", "endpoints"));
        Policy policy = balancing.policy();
        if (policy != Policy.LEAST_REQUEST) {
            fields.add("leastRequestLbConfig");
        }
        if (policy != Policy.RING_HASH) {
            fields.add("ringHashLbConfig");
        }
        if (policy != Policy.MAGLEV) {
            fields.add("maglevLbConfig");
        }
        if (policy != Policy.ROUND_ROBIN && policy != Policy.LEAST_REQUEST) {
            fields.add("slowStartConfig");
        }
        if (balancing.discovery().type() != Type.EDS) {
            fields.add("edsClusterConfig");
        }
        return fields;
    }

    /** A line for each, with what its document says. */
    private static void endpoints(String of, List<Setting> all, String from, Told told) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Setting one : all) {
            int close = one.name().indexOf(']');
            if (one.name().startsWith("endpoints[") && one.said()) {
                String field = one.name().substring(close + 2);
                lines.computeIfAbsent(one.name().substring(0, close + 1), at -> new ArrayList<>())
                        .add(field + " " + one.value());
            }
        }
        if (lines.isEmpty()) {
            told.add(of, "endpoints", "none", from.equals(of) ? Told.DEFAULT : from);
        }
        int shown = 0;
        for (Map.Entry<String, List<String>> line : lines.entrySet()) {
            if (shown++ == MOST_ENDPOINTS) {
                told.add(of, "endpoints", lines.size() - MOST_ENDPOINTS + " more", from);
                return;
            }
            told.add(of, line.getKey(), String.join(", ", line.getValue()), from);
        }
    }
}
