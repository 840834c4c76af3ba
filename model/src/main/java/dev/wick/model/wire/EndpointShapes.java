package dev.wick.model.wire;

import dev.wick.model.Endpoint;
import dev.wick.model.LoadBalancing.LocalityWeight;
import dev.wick.model.Locality;
import dev.wick.model.check.BalancingRules;
import dev.wick.model.check.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The shapes of hosts and of where they are. */
final class EndpointShapes {

    private static final int LEAST_PRIORITY = 128;
    private static final long MOST_WEIGHT = 4_294_967_295L;
    private static final Type<String> PLACE = Types.text(0, 253);

    private EndpointShapes() {}

    static <R> Slot<List<Endpoint>> endpoints(
            ShapeBuilder<R> shape, Function<R, List<Endpoint>> value) {
        return shape.optional(
                "endpoints",
                Types.list(endpoint(), 0),
                value::apply,
                List.of(),
                "Its hosts. Without any, every request is answered with 503.");
    }

    private static Shape<Endpoint> endpoint() {
        ShapeBuilder<Endpoint> shape =
                new ShapeBuilder<>(
                        "Endpoint", "One host, or all the addresses that a DNS name stands for.");
        Slot<String> address =
                shape.required(
                        "address",
                        Types.text(1, 253, "an IP address or a DNS name"),
                        Endpoint::address,
                        "IP address or DNS name.");
        Slot<Integer> port =
                shape.required(
                        "port", Types.whole(1, 65_535), Endpoint::port, "Port to connect to.");
        Slot<String> hostname =
                shape.optional(
                        "hostname",
                        PLACE,
                        Endpoint::hostname,
                        "",
                        "The host's name, where something asks for it.");
        Slot<Long> weight =
                shape.optional(
                        "loadBalancingWeight",
                        Types.whole(1L, MOST_WEIGHT),
                        Endpoint::loadBalancingWeight,
                        1L,
                        "Its share of the requests, beside those of the others.");
        Slot<Integer> priority =
                shape.optional(
                        "priority",
                        Types.whole(0, LEAST_PRIORITY),
                        Endpoint::priority,
                        0,
                        "0 is the highest; hosts of a lower one get what the higher cannot carry.");
        Slot<Locality> locality =
                shape.optional(
                        "locality",
                        new Later<>(EndpointShapes::locality),
                        Endpoint::locality,
                        Locality.UNKNOWN,
                        "Where it is.");
        Slot<Endpoint.HealthStatus> health =
                shape.optional(
                        "healthStatus",
                        Types.oneOf(Endpoint.HealthStatus.values()),
                        Endpoint::healthStatus,
                        Endpoint.HealthStatus.UNKNOWN,
                        "What is known of its health. UNKNOWN counts as healthy.");
        Slot<Map<String, String>> metadata =
                shape.optional(
                        "metadata",
                        new Later<>(EndpointShapes::metadata),
                        Endpoint::lbMetadata,
                        Map.of(),
                        "What subsets are made by.");
        shape.rule(Rules::endpoint);
        return shape.make(
                v ->
                        new Endpoint(
                                address.of(v),
                                port.of(v),
                                hostname.of(v),
                                weight.of(v),
                                priority.of(v),
                                locality.of(v),
                                health.of(v),
                                metadata.of(v)));
    }

    private static Shape<Locality> locality() {
        ShapeBuilder<Locality> shape = new ShapeBuilder<>("Locality", "Where hosts are.");
        Slot<String> region = place(shape, "region", Locality::region);
        Slot<String> zone = place(shape, "zone", Locality::zone);
        Slot<String> subZone = place(shape, "subZone", Locality::subZone);
        return shape.make(v -> new Locality(region.of(v), zone.of(v), subZone.of(v)));
    }

    private static <R> Slot<String> place(
            ShapeBuilder<R> shape, String field, Function<R, String> value) {
        return shape.optional(field, PLACE, value::apply, "", "Any name.");
    }

    /** {@code {envoy.lb: {..}}}. */
    static Shape<Map<String, String>> metadata() {
        ShapeBuilder<Map<String, String>> shape =
                new ShapeBuilder<>("Metadata", "Metadata, by who reads it.");
        Slot<Map<String, String>> values =
                shape.optional(
                        "envoy.lb",
                        new JsonMap(),
                        metadata -> metadata,
                        Map.of(),
                        "What load balancing reads.");
        shape.emptyWhen(Map::isEmpty);
        return shape.make(v -> values.of(v));
    }

    static <R> Slot<List<LocalityWeight>> localityWeights(
            ShapeBuilder<R> shape, Function<R, List<LocalityWeight>> value) {
        return shape.optional(
                "localityWeights",
                Types.list(new Later<>(EndpointShapes::localityWeight), 0),
                value::apply,
                List.of(),
                "Read where commonLbConfig says localityWeightedLb; a locality without one gets nothing.");
    }

    static <R> Slot<Integer> overprovisioning(ShapeBuilder<R> shape, Function<R, Integer> value) {
        return shape.optional(
                "overprovisioningFactor",
                Types.whole(100, 10_000),
                value::apply,
                140,
                "In percent: how much more than its share of the load the hosts of a priority or locality can carry.");
    }

    private static Shape<LocalityWeight> localityWeight() {
        ShapeBuilder<LocalityWeight> entry =
                new ShapeBuilder<>(
                        "LocalityWeight",
                        "A locality's share of the requests, beside the others of its priority.");
        Slot<String> region = place(entry, "region", w -> w.locality().region());
        Slot<String> zone = place(entry, "zone", w -> w.locality().zone());
        Slot<String> subZone = place(entry, "subZone", w -> w.locality().subZone());
        Slot<Integer> priority =
                entry.optional(
                        "priority",
                        Types.whole(0, LEAST_PRIORITY),
                        LocalityWeight::priority,
                        0,
                        "Of its hosts.");
        Slot<Long> weight =
                entry.required(
                        "weight",
                        Types.whole(0L, MOST_WEIGHT),
                        LocalityWeight::weight,
                        "0: its hosts get none.");
        entry.rule(BalancingRules::localityWeight);
        return entry.make(
                v ->
                        new LocalityWeight(
                                new Locality(region.of(v), zone.of(v), subZone.of(v)),
                                priority.of(v),
                                weight.of(v)));
    }
}
