package dev.wick.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is tried again, how often and when.
 *
 * @param retryOn words of {@link #CONDITIONS}, with commas between them; empty: nothing
 * @param numRetries 0-4,294,967,295; default 1
 * @param perTryTimeout from the whole request at a host to the whole answer's head, more than 0;
 *     null: what is left of the route's timeout
 * @param perTryIdleTimeout how long nothing may move in a try, more than 0; null: no bound of its
 *     own
 * @param retryBackOff how long is waited before a try; default 25 ms to 250 ms
 * @param rateLimitedRetryBackOff how long is waited where the answer says so; null: nobody asks it
 * @param retriableStatusCodes 100-599; for {@code retriable-status-codes}
 * @param retriableHeaders conditions on the answer, of which one must hold; for {@code
 *     retriable-headers}
 * @param retriableRequestHeaders conditions on the request, of which one must hold for it to be
 *     tried again at all; empty: any is
 * @param hosts where it goes then
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy">Envoy's
 *     RetryPolicy</a>
 */
public record RetryPolicy(
        String retryOn,
        long numRetries,
        @Nullable Duration perTryTimeout,
        @Nullable Duration perTryIdleTimeout,
        BackOff retryBackOff,
        @Nullable RateLimitedBackOff rateLimitedRetryBackOff,
        List<Integer> retriableStatusCodes,
        List<HeaderMatch> retriableHeaders,
        List<HeaderMatch> retriableRequestHeaders,
        RetryHosts hosts) {

    /** Envoy's words for what may be tried again. */
    public static final Set<String> CONDITIONS =
            Collections.unmodifiableSet(
                    new LinkedHashSet<>(
                            List.of(
                                    "5xx",
                                    "gateway-error",
                                    "reset",
                                    "reset-before-request",
                                    "connect-failure",
                                    "envoy-ratelimited",
                                    "retriable-4xx",
                                    "refused-stream",
                                    "retriable-status-codes",
                                    "retriable-headers",
                                    "http3-post-connect-failure",
                                    "cancelled",
                                    "deadline-exceeded",
                                    "internal",
                                    "resource-exhausted",
                                    "unavailable")));

    public RetryPolicy {
        retriableStatusCodes = List.copyOf(retriableStatusCodes);
        retriableHeaders = List.copyOf(retriableHeaders);
        retriableRequestHeaders = List.copyOf(retriableRequestHeaders);
    }

    /**
     * Exponential back-off with full jitter: before try N, from nothing to base times 2 to the N,
     * and never more than the most.
     *
     * @param baseInterval at least 1 ms
     * @param maxInterval not less than the base; null: ten times the base
     */
    public record BackOff(Duration baseInterval, @Nullable Duration maxInterval) {

        /** Envoy's. */
        public static final BackOff DEFAULT = new BackOff(Duration.ofMillis(25), null);
    }

    /**
     * What an answer says about when to come back.
     *
     * @param resetHeaders the first that there is counts; at least one
     * @param maxInterval what is longer is not heeded; default 300 s
     */
    public record RateLimitedBackOff(List<ResetHeader> resetHeaders, Duration maxInterval) {

        /** Envoy's longest interval. */
        public static final Duration LONGEST = Duration.ofSeconds(300);

        public RateLimitedBackOff {
            resetHeaders = List.copyOf(resetHeaders);
        }
    }

    /**
     * A header that says when to come back.
     *
     * @param name case does not matter
     */
    public record ResetHeader(String name, Format format) {}

    /** How a header says when to come back. */
    public enum Format {
        /** In so many seconds, as {@code Retry-After: 2}. */
        SECONDS,
        /** At a second since 1970. */
        UNIX_TIMESTAMP
    }
}
