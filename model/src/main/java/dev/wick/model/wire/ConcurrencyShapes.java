package dev.wick.model.wire;

import dev.wick.model.AdaptiveConcurrency;
import dev.wick.model.AdaptiveConcurrency.Gradient;
import dev.wick.model.AdaptiveConcurrency.Limit;
import dev.wick.model.AdaptiveConcurrency.MinRtt;
import dev.wick.model.check.ConcurrencyRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The shape of how a listener finds out how many requests may run at once. */
final class ConcurrencyShapes {

    private static final Type<Integer> PERCENT = Types.whole(0, 100);
    private static final Type<Integer> COUNT = Types.whole(1, Integer.MAX_VALUE);
    private static final Type<Duration> TIME = Types.duration(Duration.ofMillis(1), Texts.LONGEST);

    private ConcurrencyShapes() {}

    static Shape<AdaptiveConcurrency> adaptiveConcurrency() {
        ShapeBuilder<AdaptiveConcurrency> shape =
                new ShapeBuilder<>(
                        "AdaptiveConcurrency",
                        "How many requests may run at once is found out from what they take.");
        Slot<Gradient> gradient =
                shape.required(
                        "gradientControllerConfig",
                        gradient(),
                        AdaptiveConcurrency::gradientControllerConfig,
                        "How it is found out.");
        Slot<Boolean> enabled =
                shape.optional(
                        "enabled",
                        Types.truth(),
                        AdaptiveConcurrency::enabled,
                        true,
                        "Whether it is done.");
        Slot<Integer> status =
                shape.optional(
                        "concurrencyLimitExceededStatus",
                        Types.whole(400, 599),
                        AdaptiveConcurrency::concurrencyLimitExceededStatus,
                        503,
                        "The answer to what is more.");
        return shape.make(
                v -> new AdaptiveConcurrency(gradient.of(v), enabled.of(v), status.of(v)));
    }

    private static Shape<Gradient> gradient() {
        ShapeBuilder<Gradient> shape =
                new ShapeBuilder<>("GradientControllerConfig", "Envoy's gradient controller.");
        Slot<Integer> percentile =
                shape.optional(
                        "sampleAggregatePercentile",
                        PERCENT,
                        Gradient::sampleAggregatePercentile,
                        50,
                        "Which of the latencies of some time stands for them.");
        Slot<Limit> limit =
                shape.required(
                        "concurrencyLimitParams",
                        limit(),
                        Gradient::concurrencyLimitParams,
                        "How the limit follows from latencies.");
        Slot<MinRtt> best =
                shape.required(
                        "minRttCalcParams",
                        minRtt(),
                        Gradient::minRttCalcParams,
                        "How the best latency is found.");
        shape.rule(ConcurrencyRules::gradient);
        return shape.make(v -> new Gradient(percentile.of(v), limit.of(v), best.of(v)));
    }

    private static Shape<Limit> limit() {
        ShapeBuilder<Limit> shape =
                new ShapeBuilder<>(
                        "ConcurrencyLimitParams", "How the limit follows from latencies.");
        Slot<Integer> most =
                shape.optional(
                        "maxConcurrencyLimit",
                        COUNT,
                        Limit::maxConcurrencyLimit,
                        1_000,
                        "The limit is never more.");
        Slot<Duration> interval =
                shape.required(
                        "concurrencyUpdateInterval",
                        TIME,
                        Limit::concurrencyUpdateInterval,
                        "After which it is calculated anew.");
        return shape.make(v -> new Limit(most.of(v), interval.of(v)));
    }

    private static Shape<MinRtt> minRtt() {
        ShapeBuilder<MinRtt> shape =
                new ShapeBuilder<>("MinRttCalcParams", "How the best latency is found.");
        Slot<@Nullable Duration> interval =
                shape.nullable(
                        "interval", TIME, MinRtt::interval, "After which it is measured anew.");
        Slot<@Nullable Duration> fixed =
                shape.nullable("fixedValue", TIME, MinRtt::fixedValue, "What it is.");
        Slot<Integer> count =
                shape.optional(
                        "requestCount",
                        COUNT,
                        MinRtt::requestCount,
                        50,
                        "Requests that are measured.");
        Slot<Integer> jitter =
                shape.optional(
                        "jitter",
                        PERCENT,
                        MinRtt::jitter,
                        15,
                        "At most this percentage is added to the interval.");
        Slot<Integer> least =
                shape.optional(
                        "minConcurrency",
                        COUNT,
                        MinRtt::minConcurrency,
                        3,
                        "The limit while it is measured, and the least that there is.");
        Slot<Integer> buffer =
                shape.optional(
                        "buffer", PERCENT, MinRtt::buffer, 25, "This percentage is added to it.");
        shape.rule(ConcurrencyRules::minRtt);
        return shape.make(
                v ->
                        new MinRtt(
                                interval.of(v),
                                fixed.of(v),
                                count.of(v),
                                jitter.of(v),
                                least.of(v),
                                buffer.of(v)));
    }
}
