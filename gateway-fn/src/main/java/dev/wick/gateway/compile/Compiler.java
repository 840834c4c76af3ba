package dev.wick.gateway.compile;

import dev.wick.gateway.upstream.BreakerSettings;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.EndpointAddress;
import dev.wick.gateway.upstream.EndpointsSettings;
import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.Problem;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Runtime;
import dev.wick.model.VirtualHost;
import dev.wick.route.RouteTable;
import dev.wick.route.Share;
import dev.wick.route.compile.Compiled;
import dev.wick.route.compile.RouteCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds what one document alone says. Pure; any thread. */
public final class Compiler {

    private static final int HIGHEST_PORT = 65_535;

    private Compiler() {}

    /** A virtual host's routes. */
    public static Built<RouteTable> routes(Document document) {
        if (!(document instanceof VirtualHost host)) {
            return mistaken(document, "VirtualHost");
        }
        Compiled compiled = RouteCompiler.compile(host);
        RouteTable table = compiled.table();
        return table == null ? Built.refused(compiled.problems()) : Built.of(table);
    }

    /** What a cluster that is asked for by its name is served by: no routes, but its slot. */
    public static Built<RouteTable> named(String cluster) {
        return Built.of(new RouteTable(List.of(cluster), List.of()));
    }

    /** What a Runtime document says. */
    public static Built<Map<String, Share>> runtime(Document document) {
        return document instanceof Runtime runtime
                ? Built.of(RouteCompiler.shares(runtime))
                : mistaken(document, "Runtime");
    }

    /** A cluster's settings. */
    public static Built<ClusterSettings> cluster(Document document) {
        if (!(document instanceof Cluster cluster)) {
            return mistaken(document, "Cluster");
        }
        List<Problem> problems = new ArrayList<>();
        List<EndpointAddress> endpoints = new ArrayList<>(cluster.endpoints().size());
        for (int i = 0; i < cluster.endpoints().size(); i++) {
            Endpoint endpoint = cluster.endpoints().get(i);
            if (endpoint.port() < 1 || endpoint.port() > HIGHEST_PORT) {
                String field = "endpoints[" + i + "].port";
                problems.add(problem(cluster, field, endpoint.port(), "1-65535"));
            }
            endpoints.add(BalancingCompiler.endpoint(endpoint));
        }
        long connectTimeout = cluster.connectTimeout().toMillis();
        if (connectTimeout < 1) {
            String value = cluster.connectTimeout().toString();
            problems.add(problem(cluster, "connectTimeout", value, "1ms or more"));
        }
        return problems.isEmpty()
                ? Built.of(
                        new ClusterSettings(
                                cluster.name(),
                                endpoints,
                                BalancingCompiler.settings(cluster.loadBalancing()),
                                connectTimeout,
                                UpstreamProtocols.of(cluster.protocol()),
                                HealthCompiler.settings(cluster),
                                cluster.endpointsName(),
                                BalancingCompiler.dns(cluster.loadBalancing().discovery()),
                                breakers(cluster.circuitBreakers())))
                : Built.refused(problems);
    }

    private static BreakerSettings breakers(CircuitBreakers breakers) {
        return breakers.thresholds().isEmpty()
                ? BreakerSettings.DEFAULT
                : new BreakerSettings(
                        limits(breakers.of(RoutingPriority.DEFAULT)),
                        limits(breakers.of(RoutingPriority.HIGH)));
    }

    private static BreakerSettings.Limits limits(CircuitBreakers.Thresholds limits) {
        CircuitBreakers.RetryBudget budget = limits.retryBudget();
        return new BreakerSettings.Limits(
                limits.maxConnections(),
                limits.maxPendingRequests(),
                limits.maxRequests(),
                limits.maxRetries(),
                budget == null ? -1 : budget.budgetPercent(),
                budget == null ? 0 : budget.minRetryConcurrency(),
                limits.trackRemaining(),
                limits.maxConnectionPools());
    }

    /** The hosts of clusters that name the document. */
    public static Built<EndpointsSettings> endpoints(Document document) {
        if (!(document instanceof Endpoints hosts)) {
            return mistaken(document, "Endpoints");
        }
        List<EndpointAddress> endpoints = new ArrayList<>(hosts.endpoints().size());
        for (Endpoint endpoint : hosts.endpoints()) {
            endpoints.add(BalancingCompiler.endpoint(endpoint));
        }
        return Built.of(
                new EndpointsSettings(
                        endpoints,
                        BalancingCompiler.weights(hosts.localityWeights()),
                        hosts.overprovisioningFactor()));
    }

    private static <T> Built<T> mistaken(Document document, String kind) {
        String name = document.kind() + "/" + document.name();
        return Built.refused(List.of(new Problem(name, "kind", document.kind().spelling(), kind)));
    }

    private static Problem problem(Cluster cluster, String field, Object value, String expected) {
        return new Problem("Cluster/" + cluster.name(), field, value.toString(), expected);
    }
}
