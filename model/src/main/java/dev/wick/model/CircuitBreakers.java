package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a cluster takes at once.
 *
 * @param thresholds at most one, of the priority DEFAULT; none: Envoy's defaults
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto">Envoy's
 *     CircuitBreakers</a>
 */
public record CircuitBreakers(List<Thresholds> thresholds) {

    /** What holds where a document says nothing. */
    public static final CircuitBreakers DEFAULT = new CircuitBreakers(List.of());

    public CircuitBreakers {
        thresholds = List.copyOf(thresholds);
    }

    /** Which requests; those of routes, all of which have this one. */
    public enum Priority {
        DEFAULT
    }

    /**
     * For one cluster in one instance, all event loops together.
     *
     * @param maxConnections default 1,024; each host may have one all the same
     * @param maxPendingRequests that wait for a connection; default 1,024
     * @param maxRequests that run; default 1,024
     * @param maxRetries that run; default 3; unless there is a retry budget
     */
    public record Thresholds(
            Priority priority,
            long maxConnections,
            long maxPendingRequests,
            long maxRequests,
            long maxRetries,
            @Nullable RetryBudget retryBudget) {

        public static final Thresholds DEFAULT =
                new Thresholds(Priority.DEFAULT, 1_024, 1_024, 1_024, 3, null);
    }

    /**
     * Retries as a share of the requests that run and wait.
     *
     * @param budgetPercent 0-100; default 20
     * @param minRetryConcurrency that may always run; default 3
     */
    public record RetryBudget(double budgetPercent, long minRetryConcurrency) {}
}
