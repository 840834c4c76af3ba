package dev.wick.model.wire;

import dev.wick.model.LoadBalancing.Fallback;
import dev.wick.model.LoadBalancing.Selector;
import dev.wick.model.LoadBalancing.SubsetOptions;
import dev.wick.model.LoadBalancing.Subsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of how a cluster's hosts are grouped by their metadata. */
final class SubsetShapes {

    private static final Fallback[] OF_CLUSTER = {
        Fallback.NO_FALLBACK, Fallback.ANY_ENDPOINT, Fallback.DEFAULT_SUBSET
    };
    private static final Type<List<String>> KEYS = Types.list(Types.text(1, 256), 1);

    private SubsetShapes() {}

    static Shape<Subsets> subsets() {
        ShapeBuilder<Subsets> shape =
                new ShapeBuilder<>("LbSubsetConfig", "How hosts are grouped by their metadata.");
        Slot<Fallback> fallback =
                shape.optional(
                        "fallbackPolicy",
                        Types.oneOf(OF_CLUSTER),
                        Subsets::fallbackPolicy,
                        Fallback.NO_FALLBACK,
                        "What a request gets whose subset is not there.");
        Slot<Map<String, String>> byDefault =
                shape.optional(
                        "defaultSubset",
                        new JsonMap(),
                        Subsets::defaultSubset,
                        Map.of(),
                        "The hosts of DEFAULT_SUBSET.");
        Slot<List<Selector>> all =
                shape.required(
                        "subsetSelectors",
                        Types.list(selector(), 1),
                        Subsets::selectors,
                        "A kind of subset each.");
        Function<@Nullable Object[], SubsetOptions> options = options(shape);
        return shape.make(
                v -> new Subsets(fallback.of(v), byDefault.of(v), all.of(v), options.apply(v)));
    }

    private static Function<@Nullable Object[], SubsetOptions> options(
            ShapeBuilder<Subsets> shape) {
        Slot<Boolean> listAsAny =
                option(
                        shape,
                        "listAsAny",
                        SubsetOptions::listAsAny,
                        "Whether a host whose value is a list is in the subset of each of its values.");
        Slot<Boolean> panicModeAny =
                option(
                        shape,
                        "panicModeAny",
                        SubsetOptions::panicModeAny,
                        "Whether any host is taken where the fallback has none.");
        Slot<Boolean> aware =
                option(
                        shape,
                        "localityWeightAware",
                        SubsetOptions::localityWeightAware,
                        "Whether localityWeights hold within subsets.");
        Slot<Boolean> scale =
                option(
                        shape,
                        "scaleLocalityWeight",
                        SubsetOptions::scaleLocalityWeight,
                        "Whether those are less where not all hosts of the locality are in the subset.");
        Slot<Boolean> redundant =
                option(
                        shape,
                        "allowRedundantKeys",
                        SubsetOptions::allowRedundantKeys,
                        "Whether a route may ask for more than a selector has keys.");
        return v ->
                new SubsetOptions(
                        listAsAny.of(v),
                        panicModeAny.of(v),
                        aware.of(v),
                        scale.of(v),
                        redundant.of(v));
    }

    private static Slot<Boolean> option(
            ShapeBuilder<Subsets> shape,
            String field,
            Function<SubsetOptions, Boolean> value,
            String says) {
        return shape.optional(
                field, Types.truth(), subsets -> value.apply(subsets.options()), false, says);
    }

    private static Shape<Selector> selector() {
        ShapeBuilder<Selector> shape =
                new ShapeBuilder<>("SubsetSelector", "Keys by whose values subsets are made.");
        Slot<List<String>> keys =
                shape.required("keys", KEYS, Selector::keys, "Of the metadata under envoy.lb.");
        Slot<@Nullable Fallback> fallback =
                shape.nullable(
                        "fallbackPolicy",
                        Types.oneOf(Fallback.values()),
                        Selector::fallbackPolicy,
                        "Instead of the cluster's.",
                        "as the cluster's");
        Slot<List<String>> fewer =
                shape.optional(
                        "fallbackKeysSubset",
                        KEYS,
                        Selector::fallbackKeysSubset,
                        List.of(),
                        "Of KEYS_SUBSET: by which of the keys a request is looked for then.");
        Slot<Boolean> single =
                shape.optional(
                        "singleHostPerSubset",
                        Types.truth(),
                        Selector::singleHostPerSubset,
                        false,
                        "Whether a subset is just the first host that has the values.");
        return shape.make(v -> new Selector(keys.of(v), fallback.of(v), fewer.of(v), single.of(v)));
    }
}
