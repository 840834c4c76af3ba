package dev.wick.model.wire;

import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.HealthChecking;
import dev.wick.model.Kind;
import dev.wick.model.LoadBalancing;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;

/** The shape of a cluster. */
final class ClusterShape {

    static final Shape<Cluster> CLUSTER = cluster();

    private ClusterShape() {}

    private static Shape<Cluster> cluster() {
        ShapeBuilder<Cluster.Endpoint> endpoint =
                new ShapeBuilder<>(
                        "Endpoint", "One host, or all the addresses that a DNS name stands for.");
        Slot<String> address =
                endpoint.required(
                        "address",
                        Types.text(1, 253, "an IP address or a DNS name"),
                        Cluster.Endpoint::address,
                        "IP address or DNS name.");
        Slot<Integer> port =
                endpoint.required(
                        "port",
                        Types.whole(1, 65_535),
                        Cluster.Endpoint::port,
                        "Port to connect to.");
        endpoint.rule(Rules::endpoint);
        Shape<Cluster.Endpoint> endpointShape =
                endpoint.make(v -> new Cluster.Endpoint(address.of(v), port.of(v)));

        ShapeBuilder<Cluster> shape =
                Shapes.document(Kind.CLUSTER, "The hosts that serve what is routed to it.");
        Slot<String> name = Shapes.name(shape);
        Slot<List<Cluster.Endpoint>> endpoints =
                shape.optional(
                        "endpoints",
                        Types.list(endpointShape, 0),
                        Cluster::endpoints,
                        List.of(),
                        "Its hosts. Without any, every request is answered with 503.");
        Slot<LoadBalancing.Policy> lbPolicy =
                shape.optional(
                        "lbPolicy",
                        Types.oneOf(LoadBalancing.Policy.values()),
                        cluster -> cluster.loadBalancing().policy(),
                        LoadBalancing.Policy.ROUND_ROBIN,
                        "How a host is picked for a request. LEAST_REQUEST: the one with fewer active requests of two picked at random.");
        Slot<Duration> connectTimeout =
                shape.optional(
                        "connectTimeout",
                        Types.duration(Duration.ofMillis(1), Texts.LONGEST),
                        Cluster::connectTimeout,
                        Cluster.DEFAULT_CONNECT_TIMEOUT,
                        "How long a connection to a host may take to open.");
        shape.rule(Rules::cluster);
        return shape.make(
                v ->
                        new Cluster(
                                name.of(v),
                                endpoints.of(v),
                                new LoadBalancing(lbPolicy.of(v)),
                                connectTimeout.of(v),
                                UpstreamProtocol.DEFAULT,
                                CircuitBreakers.DEFAULT,
                                HealthChecking.DEFAULT));
    }
}
