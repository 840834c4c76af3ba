package dev.wick.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's hosts are picked.
 *
 * @param policy default ROUND_ROBIN
 * @param slowStart with ROUND_ROBIN and LEAST_REQUEST; null: none
 * @param subsets null: none
 * @param localityWeights of localities that have a weight; each once
 * @param overprovisioningFactor percent, 100-10,000; default 140
 * @param discovery where the hosts come from
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/overview">Envoy's
 *     load balancing</a>
 */
public record LoadBalancing(
        Policy policy,
        LeastRequest leastRequest,
        RingHash ringHash,
        Maglev maglev,
        @Nullable SlowStart slowStart,
        Common common,
        @Nullable Subsets subsets,
        List<LocalityWeight> localityWeights,
        int overprovisioningFactor,
        Discovery discovery) {

    /** Envoy's default. */
    public static final int DEFAULT_OVERPROVISIONING = 140;

    /** What holds where a document says nothing. */
    public static final LoadBalancing DEFAULT = new LoadBalancing(Policy.ROUND_ROBIN);

    /** Envoy's defaults, but for the policy. */
    public LoadBalancing(Policy policy) {
        this(
                policy,
                LeastRequest.DEFAULT,
                RingHash.DEFAULT,
                Maglev.DEFAULT,
                null,
                Common.DEFAULT,
                null,
                List.of(),
                DEFAULT_OVERPROVISIONING,
                Discovery.DEFAULT);
    }

    public LoadBalancing {
        localityWeights = List.copyOf(localityWeights);
    }

    /** How a host is picked for a request; Envoy's names. */
    public enum Policy {
        ROUND_ROBIN,
        /** The one with fewer active requests of some picked at random. */
        LEAST_REQUEST,
        RING_HASH,
        RANDOM,
        MAGLEV
    }

    /**
     * {@code leastRequestLbConfig}.
     *
     * @param choiceCount 2-100; default 2
     * @param activeRequestBias 0-100; default 1
     * @param selectionMethod default N_CHOICES
     */
    public record LeastRequest(
            int choiceCount, double activeRequestBias, SelectionMethod selectionMethod) {

        public static final LeastRequest DEFAULT =
                new LeastRequest(2, 1, SelectionMethod.N_CHOICES);
    }

    /** Which hosts are compared where their weights are equal; Envoy's names. */
    public enum SelectionMethod {
        /** Some picked at random. */
        N_CHOICES,
        /** All. */
        FULL_SCAN
    }

    /**
     * {@code ringHashLbConfig}.
     *
     * @param minimumRingSize 1-8,388,608; default 1,024
     * @param maximumRingSize minimumRingSize-8,388,608; default 8,388,608
     */
    public record RingHash(long minimumRingSize, long maximumRingSize, HashFunction hashFunction) {

        public static final RingHash DEFAULT = new RingHash(1024, 8_388_608, HashFunction.XX_HASH);
    }

    /** How a ring is made. */
    public enum HashFunction {
        XX_HASH,
        MURMUR_HASH_2
    }

    /**
     * {@code maglevLbConfig}.
     *
     * @param tableSize a prime, at most 5,000,011; default 65,537
     */
    public record Maglev(int tableSize) {

        public static final Maglev DEFAULT = new Maglev(65_537);
    }

    /**
     * {@code slowStartConfig}.
     *
     * @param slowStartWindow above 0
     * @param aggression above 0, at most 1,000; default 1
     * @param minWeightPercent 0-100; default 10
     */
    public record SlowStart(Duration slowStartWindow, double aggression, int minWeightPercent) {}

    /**
     * {@code commonLbConfig}.
     *
     * @param healthyPanicThreshold percent, 0-100; default 50; 0: never
     * @param failTrafficOnPanic default false
     * @param localityWeighted whether localities get requests by their weights; default false
     * @param useHostnameForHashing default false
     * @param hashBalanceFactor percent of its share of the requests that a host may have at once,
     *     100-1,000,000, with RING_HASH and MAGLEV; default 0: any number
     */
    public record Common(
            int healthyPanicThreshold,
            boolean failTrafficOnPanic,
            boolean localityWeighted,
            boolean useHostnameForHashing,
            int hashBalanceFactor) {

        public static final Common DEFAULT = new Common(50, false, false, false, 0);
    }

    /**
     * {@code lbSubsetConfig}.
     *
     * @param defaultSubset each value as JSON
     * @param selectors at least one
     */
    public record Subsets(
            Fallback fallbackPolicy,
            Map<String, String> defaultSubset,
            List<Selector> selectors,
            SubsetOptions options) {

        public Subsets {
            defaultSubset = Map.copyOf(defaultSubset);
            selectors = List.copyOf(selectors);
        }
    }

    /**
     * What holds of all subsets; all default to false.
     *
     * @param listAsAny whether a host whose value is a list is in the subset of each of its values
     * @param panicModeAny whether any host is taken where the fallback has none
     * @param localityWeightAware whether localities have weights within subsets
     * @param scaleLocalityWeight whether those are less where not all hosts are in the subset; only
     *     with localityWeightAware
     * @param allowRedundantKeys whether a request may ask for more than a selector has keys
     */
    public record SubsetOptions(
            boolean listAsAny,
            boolean panicModeAny,
            boolean localityWeightAware,
            boolean scaleLocalityWeight,
            boolean allowRedundantKeys) {}

    /**
     * Keys of the metadata under {@code envoy.lb} by which subsets are made.
     *
     * @param keys at least one, each once
     * @param fallbackPolicy null: the cluster's
     * @param fallbackKeysSubset of KEYS_SUBSET: some of the keys, not all; else empty
     * @param singleHostPerSubset whether a subset is the first host that has the values; default
     *     false
     */
    public record Selector(
            List<String> keys,
            @Nullable Fallback fallbackPolicy,
            List<String> fallbackKeysSubset,
            boolean singleHostPerSubset) {

        public Selector {
            keys = List.copyOf(keys);
            fallbackKeysSubset = List.copyOf(fallbackKeysSubset);
        }
    }

    /** What a request gets whose subset is not there. */
    public enum Fallback {
        NO_FALLBACK,
        ANY_ENDPOINT,
        DEFAULT_SUBSET,
        /** Of a selector only: what fewer of its keys bring. */
        KEYS_SUBSET
    }

    /**
     * The share of a locality among those of its priority.
     *
     * @param weight 0-4,294,967,295
     * @param priority 0-128; default 0
     */
    public record LocalityWeight(Locality locality, int priority, long weight) {}

    /**
     * Where a cluster's hosts come from.
     *
     * @param type default STRICT_DNS, which takes addresses too
     * @param serviceName with EDS, the name of an Endpoints; empty: the cluster's own
     */
    public record Discovery(Type type, String serviceName, Dns dns) {

        public static final Discovery DEFAULT = new Discovery(Type.STRICT_DNS, "", Dns.DEFAULT);
    }

    /**
     * How names are looked up.
     *
     * @param dnsRefreshRate more than 0; default 5 s
     * @param dnsFailureRefreshRate null: dnsRefreshRate
     * @param dnsLookupFamily default ALL
     * @param respectDnsTtl whether an answer counts as long as it says; default false
     * @param dnsResolvers by address; empty: the machine's
     */
    public record Dns(
            Duration dnsRefreshRate,
            @Nullable FailureRate dnsFailureRefreshRate,
            LookupFamily dnsLookupFamily,
            boolean respectDnsTtl,
            List<Endpoint> dnsResolvers) {

        public static final Dns DEFAULT =
                new Dns(Duration.ofSeconds(5), null, LookupFamily.ALL, false, List.of());

        public Dns {
            dnsResolvers = List.copyOf(dnsResolvers);
        }
    }

    /**
     * How soon a name that was not answered for is asked for again: at random within an interval
     * that is doubled with each failure.
     *
     * @param baseInterval more than 0
     * @param maxInterval baseInterval or more; null: 10 times that
     */
    public record FailureRate(Duration baseInterval, @Nullable Duration maxInterval) {}

    /** Which addresses of a name are hosts; Envoy's names. */
    public enum LookupFamily {
        AUTO,
        V4_ONLY,
        V6_ONLY,
        V4_PREFERRED,
        ALL
    }

    /** How a cluster's hosts are found; Envoy's names. */
    public enum Type {
        /** By address. */
        STATIC,
        /** Every address that a name has is a host. */
        STRICT_DNS,
        /** A name is one host, at the first of its addresses, whatever that is. */
        LOGICAL_DNS,
        /** By an Endpoints document. */
        EDS
    }
}
