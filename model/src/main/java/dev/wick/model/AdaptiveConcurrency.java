package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may run at once is found out from what they take: Envoy's adaptive concurrency
 * filter.
 *
 * @param gradientControllerConfig how it is found out
 * @param enabled default true
 * @param concurrencyLimitExceededStatus 400-599; default 503: the answer to what is more
 */
public record AdaptiveConcurrency(
        Gradient gradientControllerConfig, boolean enabled, int concurrencyLimitExceededStatus) {

    /**
     * Envoy's gradient controller.
     *
     * @param sampleAggregatePercentile 0-100; default 50: which of the latencies of some time
     *     stands for them
     */
    public record Gradient(
            int sampleAggregatePercentile, Limit concurrencyLimitParams, MinRtt minRttCalcParams) {}

    /**
     * How the limit follows from latencies.
     *
     * @param maxConcurrencyLimit 1 or more; default 1000: it is never more
     * @param concurrencyUpdateInterval after which it is calculated anew
     */
    public record Limit(int maxConcurrencyLimit, Duration concurrencyUpdateInterval) {}

    /**
     * How the best latency is found.
     *
     * @param interval after which it is measured anew; null: it is said
     * @param fixedValue what it is; null: it is measured
     * @param requestCount 1 or more; default 50: requests that are measured
     * @param jitter 0-100; default 15: at most this percentage is added to {@code interval}
     * @param minConcurrency 1 or more; default 3: the limit while it is measured, and the least
     *     that there is
     * @param buffer 0-100; default 25: this percentage is added to it
     */
    public record MinRtt(
            @Nullable Duration interval,
            @Nullable Duration fixedValue,
            int requestCount,
            int jitter,
            int minConcurrency,
            int buffer) {}
}
