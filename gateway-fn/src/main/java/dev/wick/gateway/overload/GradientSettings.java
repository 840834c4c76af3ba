package dev.wick.gateway.overload;

/**
 * How many requests may run at once is found out. See {@code AdaptiveConcurrency} of the model.
 *
 * @param quantile of the latencies of a window, which stands for them: 0-1
 * @param most the limit is never more
 * @param updateNanos after which the limit is another
 * @param measureNanos after which the best latency is measured anew; 0: never, as it is said
 * @param fixedMicros the best latency, where it is said; 0: it is measured
 * @param requestCount how many requests are needed to measure it
 * @param jitter what is added to {@code measureNanos} at most, as a share of it
 * @param least the limit is never less, and this while it is measured
 * @param buffer what is added to the best latency, as a share of it
 */
public record GradientSettings(
        double quantile,
        int most,
        long updateNanos,
        long measureNanos,
        long fixedMicros,
        int requestCount,
        double jitter,
        int least,
        double buffer) {}
