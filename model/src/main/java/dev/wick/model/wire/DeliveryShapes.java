package dev.wick.model.wire;

import dev.wick.model.FractionalPercent;
import dev.wick.model.FractionalPercent.Denominator;
import dev.wick.model.HeaderMatch;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.VirtualCluster;
import java.util.List;

/** The shapes of copies of requests, and of requests that are counted by themselves. */
final class DeliveryShapes {

    static final Type<List<MirrorPolicy>> MIRRORS = new Later<>(() -> Types.list(mirror(), 0));

    static final Type<List<VirtualCluster>> VIRTUAL_CLUSTERS =
            new Later<>(() -> Types.list(virtualCluster(), 0));

    private DeliveryShapes() {}

    private static Shape<MirrorPolicy> mirror() {
        ShapeBuilder<MirrorPolicy> shape =
                new ShapeBuilder<>(
                        "RequestMirrorPolicy",
                        "Where a copy of a request goes, whose answer nobody waits for.");
        Slot<String> cluster =
                shape.required("cluster", Texts.NAME, MirrorPolicy::cluster, "Name of a Cluster.");
        Slot<FractionalPercent> fraction =
                shape.optional(
                        "runtimeFraction",
                        fraction(),
                        MirrorPolicy::runtimeFraction,
                        FractionalPercent.ALL,
                        "The share of requests that is copied.");
        Slot<Boolean> disableSuffix =
                shape.optional(
                        "disableShadowHostSuffixAppend",
                        Types.truth(),
                        MirrorPolicy::disableShadowHostSuffixAppend,
                        false,
                        "Whether the copy keeps its host; else -shadow is appended to it.");
        return shape.make(
                v -> new MirrorPolicy(cluster.of(v), fraction.of(v), disableSuffix.of(v)));
    }

    static Shape<FractionalPercent> share() {
        ShapeBuilder<FractionalPercent> share =
                new ShapeBuilder<>("FractionalPercent", "A share of all requests.");
        Slot<Integer> numerator =
                share.required(
                        "numerator",
                        Types.whole(0, 1_000_000),
                        FractionalPercent::numerator,
                        "How many.");
        Slot<Denominator> denominator =
                share.optional(
                        "denominator",
                        Types.oneOf(Denominator.values()),
                        FractionalPercent::denominator,
                        Denominator.HUNDRED,
                        "Of how many.");
        return share.make(v -> new FractionalPercent(numerator.of(v), denominator.of(v)));
    }

    private static Shape<FractionalPercent> fraction() {
        ShapeBuilder<FractionalPercent> shape =
                new ShapeBuilder<>("RuntimeFraction", "A share of all requests.");
        Slot<FractionalPercent> value =
                shape.required("defaultValue", share(), f -> f, "The share.");
        return shape.make(v -> value.of(v));
    }

    private static Shape<VirtualCluster> virtualCluster() {
        ShapeBuilder<VirtualCluster> shape =
                new ShapeBuilder<>("VirtualCluster", "Requests that have statistics of their own.");
        Slot<String> name =
                shape.required(
                        "name",
                        Texts.NAME,
                        VirtualCluster::name,
                        "Part of the names of the statistics; not other.");
        Slot<List<HeaderMatch>> headers =
                shape.required(
                        "headers",
                        Types.list(MatchShapes.headerMatch(), 1),
                        VirtualCluster::headers,
                        "Conditions that all hold; :method and :path may be asked for too.");
        return shape.make(v -> new VirtualCluster(name.of(v), headers.of(v)));
    }
}
