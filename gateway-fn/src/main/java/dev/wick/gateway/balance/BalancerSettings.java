package dev.wick.gateway.balance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's hosts are chosen.
 *
 * @param choices how many hosts LEAST_REQUEST looks at, 2 or more
 * @param activeRequestBias 0 or more; how much activity counts where weights differ
 * @param slowStart null: none
 * @param minimumRingSize 1 to maximumRingSize
 * @param maximumRingSize at most 8,388,608
 * @param murmur whether the ring is made by MurmurHash2, else by xxHash
 * @param maglevTableSize prime, at most 5,000,011
 * @param hashesHostnames whether hosts are placed by their names, else by their addresses
 * @param panicThreshold percent of available hosts below which all get requests, 0-100; 0: never
 * @param failsOnPanic whether requests then fail instead
 * @param overprovisioning percent, 100 or more
 * @param byLocality whether localities get requests by their weights
 * @param localityWeights of those of a priority that have one
 * @param subsets null: none
 */
public record BalancerSettings(
        LbPolicy policy,
        int choices,
        double activeRequestBias,
        @Nullable SlowStart slowStart,
        long minimumRingSize,
        long maximumRingSize,
        boolean murmur,
        int maglevTableSize,
        boolean hashesHostnames,
        int panicThreshold,
        boolean failsOnPanic,
        int overprovisioning,
        boolean byLocality,
        Map<LocalityKey, Long> localityWeights,
        @Nullable SubsetSettings subsets) {

    /** Envoy's defaults. */
    public static final BalancerSettings DEFAULT = of(LbPolicy.ROUND_ROBIN);

    /** Envoy's defaults, but for the policy. */
    public static BalancerSettings of(LbPolicy policy) {
        return new BalancerSettings(
                policy, 2, 1, null, 1024, 8_388_608, false, 65_537, false, 50, false, 140, false,
                Map.of(), null);
    }

    /** A locality within a priority. */
    public record LocalityKey(int priority, Locality locality) {

        @Override
        public boolean equals(Object other) {
            return other instanceof LocalityKey that
                    && priority == that.priority
                    && locality.equals(that.locality);
        }

        @Override
        public int hashCode() {
            return 31 * priority + locality.hashCode();
        }
    }

    /** The same with the weights that hosts come with. */
    public BalancerSettings with(Map<LocalityKey, Long> weights, int overprovisioningFactor) {
        return new BalancerSettings(
                policy,
                choices,
                activeRequestBias,
                slowStart,
                minimumRingSize,
                maximumRingSize,
                murmur,
                maglevTableSize,
                hashesHostnames,
                panicThreshold,
                failsOnPanic,
                overprovisioningFactor,
                byLocality,
                weights,
                subsets);
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof BalancerSettings that
                && policy == that.policy
                && choices == that.choices
                && activeRequestBias == that.activeRequestBias
                && minimumRingSize == that.minimumRingSize
                && maximumRingSize == that.maximumRingSize
                && murmur == that.murmur
                && maglevTableSize == that.maglevTableSize
                && hashesHostnames == that.hashesHostnames
                && panicThreshold == that.panicThreshold
                && failsOnPanic == that.failsOnPanic
                && overprovisioning == that.overprovisioning
                && byLocality == that.byLocality
                && Objects.equals(slowStart, that.slowStart)
                && localityWeights.equals(that.localityWeights)
                && Objects.equals(subsets, that.subsets);
    }

    @Override
    public int hashCode() {
        return policy.hashCode();
    }

    /**
     * By which metadata hosts are grouped, and what a request gets that asks for a group that is
     * not there.
     *
     * @param selectors the keys of each kind of subset, sorted
     * @param fallback for requests that no selector of its own says more of
     * @param defaultSubset what hosts of DEFAULT_SUBSET have, each value as JSON
     */
    public record SubsetSettings(
            List<Selector> selectors, Fallback fallback, Map<String, String> defaultSubset) {

        @Override
        public boolean equals(Object other) {
            return other instanceof SubsetSettings that
                    && fallback == that.fallback
                    && selectors.equals(that.selectors)
                    && defaultSubset.equals(that.defaultSubset);
        }

        @Override
        public int hashCode() {
            return selectors.hashCode();
        }
    }

    /**
     * A kind of subset.
     *
     * @param keys sorted
     * @param fallback null: the cluster's
     */
    public record Selector(List<String> keys, @Nullable Fallback fallback) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Selector that
                    && fallback == that.fallback
                    && keys.equals(that.keys);
        }

        @Override
        public int hashCode() {
            return keys.hashCode();
        }
    }

    /** What is done where a subset is not there. */
    public enum Fallback {
        NO_FALLBACK,
        ANY_ENDPOINT,
        DEFAULT_SUBSET
    }
}
