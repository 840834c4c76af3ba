package dev.wick.gateway.upstream;

/**
 * How much a cluster takes at once, all event loops together, for each priority by itself.
 *
 * @param normal of the priority DEFAULT
 * @param high of the priority HIGH
 */
public record BreakerSettings(Limits normal, Limits high) {

    /** Envoy's. */
    public static final BreakerSettings DEFAULT =
            new BreakerSettings(Limits.DEFAULT, Limits.DEFAULT);

    Limits of(boolean ofHigh) {
        return ofHigh ? high : normal;
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof BreakerSettings that
                && normal.equals(that.normal)
                && high.equals(that.high);
    }

    @Override
    public int hashCode() {
        return 31 * normal.hashCode() + high.hashCode();
    }

    /**
     * Of one priority.
     *
     * @param retryBudget percent of the requests that run and wait; negative: {@code retries}
     *     counts
     * @param leastRetries that may always run, with a budget
     * @param tracksRemaining whether what is left is shown
     * @param pools of connections: for each host, event loop and protocol
     */
    public record Limits(
            long connections,
            long pending,
            long requests,
            long retries,
            double retryBudget,
            long leastRetries,
            boolean tracksRemaining,
            long pools) {

        /** Envoy's. */
        public static final Limits DEFAULT =
                new Limits(1_024, 1_024, 1_024, 3, -1, 0, false, 4_294_967_295L);

        @Override
        public boolean equals(Object other) {
            return other instanceof Limits that
                    && connections == that.connections
                    && pending == that.pending
                    && requests == that.requests
                    && retries == that.retries
                    && retryBudget == that.retryBudget
                    && leastRetries == that.leastRetries
                    && tracksRemaining == that.tracksRemaining
                    && pools == that.pools;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(connections + 31 * pending + 961 * requests);
        }
    }
}
