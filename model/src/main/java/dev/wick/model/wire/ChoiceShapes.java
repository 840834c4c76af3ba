package dev.wick.model.wire;

import dev.wick.model.ClusterChoice;
import dev.wick.model.HeaderMutations;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.check.ActionRules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of which cluster a route sends to. */
final class ChoiceShapes {

    private static final Type<String> HEADER =
            Types.text(1, 256, "the name of a header: letters, digits and -");

    private ChoiceShapes() {}

    /** Adds the fields; the answer makes a choice of what was read. */
    static Function<@Nullable Object[], ClusterChoice> choice(ShapeBuilder<Forward> shape) {
        Choice<List<WeightedCluster>> clusters =
                new Choice<List<WeightedCluster>>()
                        .or(
                                "cluster",
                                Texts.NAME,
                                name -> List.of(new WeightedCluster(name, 1)),
                                list -> plain(list) ? list.getFirst().cluster() : null,
                                "Name of a Cluster.")
                        .or(
                                "clusterHeader",
                                HEADER,
                                header -> List.of(WeightedCluster.byHeader(header)),
                                list -> plain(list) ? list.getFirst().clusterHeader() : null,
                                "The header whose value is the name of a Cluster.")
                        .or(
                                "weightedClusters",
                                Types.list(weighted(), 1),
                                list -> list,
                                list -> plain(list) ? null : list,
                                "Clusters among which requests are split.");
        Slot<List<WeightedCluster>> to = shape.oneOf(clusters, Forward::clusters);
        Slot<ClusterChoice.NotFound> notFound =
                shape.optional(
                        "clusterNotFoundResponseCode",
                        Types.oneOf(ClusterChoice.NotFound.values()),
                        forward -> forward.choice().notFound(),
                        ClusterChoice.NotFound.SERVICE_UNAVAILABLE,
                        "The answer where a header names no cluster that is there.");
        return v -> new ClusterChoice(to.of(v), notFound.of(v));
    }

    private static boolean plain(List<WeightedCluster> clusters) {
        return clusters.size() == 1 && clusters.getFirst().isPlain();
    }

    private static Shape<WeightedCluster> weighted() {
        Choice<WeightedCluster> names =
                new Choice<WeightedCluster>()
                        .or(
                                "cluster",
                                Texts.NAME,
                                name -> new WeightedCluster(name, 1),
                                WeightedCluster::cluster,
                                "Name of a Cluster.")
                        .or(
                                "clusterHeader",
                                HEADER,
                                WeightedCluster::byHeader,
                                WeightedCluster::clusterHeader,
                                "The header whose value is the name of a Cluster.");
        ShapeBuilder<WeightedCluster> shape =
                new ShapeBuilder<>("WeightedCluster", "A cluster's share of the requests.");
        Slot<WeightedCluster> name = shape.oneOf(names, cluster -> cluster);
        Slot<Long> weight =
                shape.required(
                        "weight",
                        Types.whole(0L, 4_294_967_295L),
                        WeightedCluster::weight,
                        "Its share is weight / sum of weights.");
        Slot<HeaderMutations> requests =
                HeaderShapes.mutations(
                        shape,
                        "requestHeaders",
                        WeightedCluster::requestHeaders,
                        "Changes to requests that go there, made before the route's.");
        Slot<HeaderMutations> responses =
                HeaderShapes.mutations(
                        shape,
                        "responseHeaders",
                        WeightedCluster::responseHeaders,
                        "Changes to responses from there, made before the route's.");
        Slot<Map<String, String>> metadata =
                shape.optional(
                        "metadataMatch",
                        new Later<>(EndpointShapes::metadata),
                        WeightedCluster::metadataMatch,
                        Map.of(),
                        "The subset of its hosts that requests go to, key by key before the route's.");
        shape.rule(ActionRules::weightedCluster);
        return shape.make(
                v ->
                        new WeightedCluster(
                                name.of(v).cluster(),
                                name.of(v).clusterHeader(),
                                weight.of(v),
                                requests.of(v),
                                responses.of(v),
                                metadata.of(v)));
    }
}
