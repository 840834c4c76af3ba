package dev.wick.model.wire;

import dev.wick.model.RetryHosts;
import dev.wick.model.RetryHosts.HostPredicate;
import dev.wick.model.RetryHosts.OmitCanaryHosts;
import dev.wick.model.RetryHosts.OmitHostMetadata;
import dev.wick.model.RetryHosts.PreviousHosts;
import dev.wick.model.RetryHosts.PreviousPriorities;
import dev.wick.model.RetryPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a retry policy that say where a request goes that is sent again. */
final class RetryHostShapes {

    private final Slot<List<HostPredicate>> predicates;
    private final Slot<Integer> attempts;
    private final Slot<@Nullable PreviousPriorities> priority;

    RetryHostShapes(ShapeBuilder<RetryPolicy> shape) {
        predicates =
                shape.optional(
                        "retryHostPredicate",
                        Types.list(predicate(), 0),
                        policy -> policy.hosts().retryHostPredicate(),
                        List.of(),
                        "Hosts that are passed over.");
        attempts =
                shape.optional(
                        "hostSelectionRetryMaxAttempts",
                        Types.whole(1, RetryHosts.MOST_ATTEMPTS),
                        policy -> policy.hosts().hostSelectionRetryMaxAttempts(),
                        RetryHosts.DEFAULT.hostSelectionRetryMaxAttempts(),
                        "In the place of how many hosts that are passed over another is chosen;"
                                + " then the last is taken all the same.");
        priority =
                shape.nullable(
                        "retryPriority",
                        priority(),
                        policy -> policy.hosts().retryPriority(),
                        "Which priorities it goes to; by default as any request.",
                        "as any request");
    }

    RetryHosts of(@Nullable Object[] v) {
        return new RetryHosts(predicates.of(v), attempts.of(v), priority.of(v));
    }

    private static Shape<HostPredicate> predicate() {
        Choice<HostPredicate> kinds =
                new Choice<HostPredicate>()
                        .or(
                                "previousHosts",
                                new ShapeBuilder<PreviousHosts>("PreviousHosts", "Hosts tried.")
                                        .make(v -> new PreviousHosts()),
                                hosts -> hosts,
                                of -> of instanceof PreviousHosts hosts ? hosts : null,
                                "Those that the request was sent to before.")
                        .or(
                                "omitCanaryHosts",
                                new ShapeBuilder<OmitCanaryHosts>("OmitCanaryHosts", "Canaries.")
                                        .make(v -> new OmitCanaryHosts()),
                                hosts -> hosts,
                                of -> of instanceof OmitCanaryHosts hosts ? hosts : null,
                                "Those whose metadata says canary: true.")
                        .or(
                                "omitHostMetadata",
                                omitHostMetadata(),
                                hosts -> hosts,
                                of -> of instanceof OmitHostMetadata hosts ? hosts : null,
                                "Those that have this metadata.");
        ShapeBuilder<HostPredicate> shape =
                new ShapeBuilder<>("RetryHostPredicate", "Hosts that a retry passes over.");
        Slot<HostPredicate> kind = shape.oneOf(kinds, of -> of);
        return shape.make(kind::of);
    }

    private static Shape<OmitHostMetadata> omitHostMetadata() {
        ShapeBuilder<OmitHostMetadata> shape =
                new ShapeBuilder<>("OmitHostMetadata", "Hosts with some metadata.");
        Slot<Map<String, String>> match =
                shape.required(
                        "metadataMatch",
                        new Later<>(EndpointShapes::metadata),
                        OmitHostMetadata::metadataMatch,
                        "What they have under envoy.lb, all of it.");
        return shape.make(v -> new OmitHostMetadata(match.of(v)));
    }

    private static Shape<PreviousPriorities> priority() {
        ShapeBuilder<PreviousPriorities> previous =
                new ShapeBuilder<>(
                        "PreviousPriorities",
                        "Priorities of hosts that were tried get nothing, until all were.");
        Slot<Integer> frequency =
                previous.required(
                        "updateFrequency",
                        Types.whole(1, Integer.MAX_VALUE),
                        PreviousPriorities::updateFrequency,
                        "After each so many tries it is looked at which those are.");
        Shape<PreviousPriorities> priorities =
                previous.make(v -> new PreviousPriorities(frequency.of(v)));
        Choice<PreviousPriorities> kinds =
                new Choice<PreviousPriorities>()
                        .or(
                                "previousPriorities",
                                priorities,
                                of -> of,
                                of -> of,
                                "Not those of hosts that were tried.");
        ShapeBuilder<PreviousPriorities> shape =
                new ShapeBuilder<>("RetryPriority", "Which priorities a retry goes to.");
        Slot<PreviousPriorities> kind = shape.oneOf(kinds, of -> of);
        return shape.make(kind::of);
    }
}
