package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a cluster takes at once.
 *
 * @param thresholds at most one of each priority; where there is none, Envoy's defaults
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

    /** Those of a priority; Envoy's defaults where nothing is said of it. */
    public Thresholds of(RoutingPriority priority) {
        for (Thresholds one : thresholds) {
            if (one.priority() == priority) {
                return one;
            }
        }
        return Thresholds.DEFAULT;
    }

    /**
     * For one cluster in one instance, all event loops together.
     *
     * @param priority of the routes whose requests are counted here
     * @param maxConnections default 1,024; each pool may have one all the same
     * @param maxPendingRequests that wait for a connection; default 1,024
     * @param maxRequests that run; default 1,024
     * @param maxRetries that run; default 3; unless there is a retry budget
     * @param trackRemaining whether what is left is among the statistics; default false
     * @param maxConnectionPools default 4,294,967,295: any number
     */
    public record Thresholds(
            RoutingPriority priority,
            long maxConnections,
            long maxPendingRequests,
            long maxRequests,
            long maxRetries,
            @Nullable RetryBudget retryBudget,
            boolean trackRemaining,
            long maxConnectionPools) {

        /** Any number: what Envoy has where nothing is said of pools. */
        public static final long UNLIMITED = 4_294_967_295L;

        public static final Thresholds DEFAULT =
                new Thresholds(
                        RoutingPriority.DEFAULT, 1_024, 1_024, 1_024, 3, null, false, UNLIMITED);
    }

    /**
     * Retries as a share of the requests that run and wait.
     *
     * @param budgetPercent 0-100; default 20
     * @param minRetryConcurrency that may always run; default 3
     */
    public record RetryBudget(double budgetPercent, long minRetryConcurrency) {}
}
