package dev.wick.gateway.upstream;

/**
 * How much a cluster takes at once, all event loops together.
 *
 * @param retryBudget percent of the requests that run and wait; negative: {@code retries} counts
 * @param leastRetries that may always run, with a budget
 */
public record BreakerSettings(
        long connections,
        long pending,
        long requests,
        long retries,
        double retryBudget,
        long leastRetries) {

    /** Envoy's. */
    public static final BreakerSettings DEFAULT =
            new BreakerSettings(1_024, 1_024, 1_024, 3, -1, 0);

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof BreakerSettings that
                && connections == that.connections
                && pending == that.pending
                && requests == that.requests
                && retries == that.retries
                && retryBudget == that.retryBudget
                && leastRetries == that.leastRetries;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(connections + 31 * pending + 961 * requests);
    }
}
