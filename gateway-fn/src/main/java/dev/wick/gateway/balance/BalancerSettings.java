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
 * @param fullScan whether LEAST_REQUEST looks at all hosts
 * @param hashBalanceFactor percent of its share of the requests that a host may have at once, 100
 *     or more, where hosts are found by hashes; 0: any number
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
        @Nullable SubsetSettings subsets,
        boolean fullScan,
        int hashBalanceFactor) {

    /** Envoy's defaults. */
    public static final BalancerSettings DEFAULT = of(LbPolicy.ROUND_ROBIN);

    /** Envoy's defaults, but for the policy. */
    public static BalancerSettings of(LbPolicy policy) {
        return new BalancerSettings(
                policy, 2, 1, null, 1024, 8_388_608, false, 65_537, false, 50, false, 140, false,
                Map.of(), null);
    }

    /** With neither a full scan nor bounded loads. */
    public BalancerSettings(
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
        this(
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
                overprovisioning,
                byLocality,
                localityWeights,
                subsets,
                false,
                0);
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
        return with(overprovisioningFactor, byLocality, weights, subsets);
    }

    /** The same within a subset. */
    BalancerSettings within(boolean weighsLocalities, Map<LocalityKey, Long> weights) {
        return with(overprovisioning, weighsLocalities, weights, null);
    }

    private BalancerSettings with(
            int overprovisioningFactor,
            boolean weighsLocalities,
            Map<LocalityKey, Long> weights,
            @Nullable SubsetSettings subsetSettings) {
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
                weighsLocalities,
                weights,
                subsetSettings,
                fullScan,
                hashBalanceFactor);
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
                && fullScan == that.fullScan
                && hashBalanceFactor == that.hashBalanceFactor
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
     * @param listAsAny whether a host that has a list is in the subset of each of its values
     * @param panicModeAny whether any host is taken where the fallback has none
     * @param localityWeightAware whether localities have weights within subsets
     * @param scaleLocalityWeight whether those are less where not all hosts are in the subset
     * @param allowRedundantKeys whether a request may ask for more than a selector has keys
     */
    public record SubsetSettings(
            List<Selector> selectors,
            Fallback fallback,
            Map<String, String> defaultSubset,
            boolean listAsAny,
            boolean panicModeAny,
            boolean localityWeightAware,
            boolean scaleLocalityWeight,
            boolean allowRedundantKeys) {

        @Override
        public boolean equals(Object other) {
            return other instanceof SubsetSettings that
                    && fallback == that.fallback
                    && listAsAny == that.listAsAny
                    && panicModeAny == that.panicModeAny
                    && localityWeightAware == that.localityWeightAware
                    && scaleLocalityWeight == that.scaleLocalityWeight
                    && allowRedundantKeys == that.allowRedundantKeys
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
     * @param fallbackKeys of KEYS_SUBSET: fewer of the keys; else empty
     * @param singleHost whether its subsets have one host each, the first
     */
    public record Selector(
            List<String> keys,
            @Nullable Fallback fallback,
            List<String> fallbackKeys,
            boolean singleHost) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Selector that
                    && fallback == that.fallback
                    && singleHost == that.singleHost
                    && fallbackKeys.equals(that.fallbackKeys)
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
        DEFAULT_SUBSET,
        /** The subset of fewer of the selector's keys. */
        KEYS_SUBSET
    }
}
