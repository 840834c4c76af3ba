package dev.wick.model.wire;

import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.HealthChecking;
import dev.wick.model.Kind;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of a cluster. */
final class ClusterShape {

    static final Shape<Cluster> CLUSTER = cluster();

    private ClusterShape() {}

    private static Shape<Cluster> cluster() {
        ShapeBuilder<Cluster> shape =
                Shapes.document(Kind.CLUSTER, "The hosts that serve what is routed to it.");
        Slot<String> name = Shapes.name(shape);
        Slot<List<Endpoint>> endpoints = EndpointShapes.endpoints(shape, Cluster::endpoints);
        BalancingShapes balancing = new BalancingShapes(shape);
        Slot<Duration> connectTimeout =
                shape.optional(
                        "connectTimeout",
                        Types.duration(Duration.ofMillis(1), Texts.LONGEST),
                        Cluster::connectTimeout,
                        Cluster.DEFAULT_CONNECT_TIMEOUT,
                        "How long a connection to a host may take to open.");
        Function<@Nullable Object[], UpstreamProtocol> protocol = UpstreamProtocolShape.add(shape);
        Slot<CircuitBreakers> breakers =
                shape.optional(
                        "circuitBreakers",
                        new Later<>(BreakerShapes::breakers),
                        Cluster::circuitBreakers,
                        CircuitBreakers.DEFAULT,
                        "How much the cluster takes at once.");
        Function<@Nullable Object[], HealthChecking> health = HealthShapes.add(shape);
        shape.rule(Rules::cluster);
        return shape.make(
                v ->
                        new Cluster(
                                name.of(v),
                                endpoints.of(v),
                                balancing.of(v),
                                connectTimeout.of(v),
                                protocol.apply(v),
                                breakers.of(v),
                                health.apply(v)));
    }
}
