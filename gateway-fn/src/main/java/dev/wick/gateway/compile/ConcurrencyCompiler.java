package dev.wick.gateway.compile;

import dev.wick.gateway.overload.GradientSettings;
import dev.wick.gateway.snapshot.ConcurrencySettings;
import dev.wick.model.AdaptiveConcurrency;
import dev.wick.model.AdaptiveConcurrency.Gradient;
import dev.wick.model.AdaptiveConcurrency.MinRtt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many requests may run at once -> what finds it out. */
final class ConcurrencyCompiler {

    private static final double PERCENT = 100;

    private ConcurrencyCompiler() {}

    static @Nullable ConcurrencySettings compile(@Nullable AdaptiveConcurrency concurrency) {
        if (concurrency == null || !concurrency.enabled()) {
            return null;
        }
        Gradient gradient = concurrency.gradientControllerConfig();
        MinRtt best = gradient.minRttCalcParams();
        return new ConcurrencySettings(
                new GradientSettings(
                        gradient.sampleAggregatePercentile() / PERCENT,
                        gradient.concurrencyLimitParams().maxConcurrencyLimit(),
                        nanos(gradient.concurrencyLimitParams().concurrencyUpdateInterval()),
                        nanos(best.interval()),
                        nanos(best.fixedValue()) / 1_000,
                        best.requestCount(),
                        best.jitter() / PERCENT,
                        best.minConcurrency(),
                        best.buffer() / PERCENT),
                concurrency.concurrencyLimitExceededStatus());
    }

    private static long nanos(@Nullable Duration time) {
        return time == null ? 0 : time.toNanos();
    }
}
