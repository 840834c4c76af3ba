package dev.wick.model.check;

import dev.wick.model.Balancing;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.LoadBalancing;
import dev.wick.model.LoadBalancing.LocalityWeight;
import dev.wick.model.LoadBalancing.Maglev;
import dev.wick.model.LoadBalancing.Policy;
import dev.wick.model.LoadBalancing.RingHash;
import dev.wick.model.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds of how hosts are picked; see {@link Rules}. */
public final class BalancingRules {

    private static final int LARGEST_TABLE = 5_000_011;

    /** The subsets of a selector that one host may be in; {@code SubsetKey} has the same number. */
    private static final int MOST_SUBSETS = 1_024;

    private BalancingRules() {}

    /** What holds between a cluster's fields: nothing is set that its policy does not read. */
    static void loadBalancing(LoadBalancing balancing, Findings findings) {
        Policy policy = balancing.policy();
        only(
                "leastRequestLbConfig",
                policy == Policy.LEAST_REQUEST
                        || balancing.leastRequest().equals(LoadBalancing.LeastRequest.DEFAULT),
                policy,
                "LEAST_REQUEST",
                findings);
        only(
                "ringHashLbConfig",
                policy == Policy.RING_HASH || balancing.ringHash().equals(RingHash.DEFAULT),
                policy,
                "RING_HASH",
                findings);
        only(
                "maglevLbConfig",
                policy == Policy.MAGLEV || balancing.maglev().equals(Maglev.DEFAULT),
                policy,
                "MAGLEV",
                findings);
        only(
                "commonLbConfig.hashBalanceFactor",
                policy == Policy.RING_HASH
                        || policy == Policy.MAGLEV
                        || balancing.common().hashBalanceFactor() == 0,
                policy,
                "RING_HASH or MAGLEV",
                findings);
        only(
                "slowStartConfig",
                balancing.slowStart() == null
                        || policy == Policy.ROUND_ROBIN
                        || policy == Policy.LEAST_REQUEST,
                policy,
                "ROUND_ROBIN or LEAST_REQUEST",
                findings);
        localityWeights(balancing.localityWeights(), findings);
        subsets(balancing.subsets(), findings);
    }

    /** What holds between where hosts come from and what is said of them. */
    static void discovery(Cluster cluster, Findings findings) {
        LoadBalancing.Discovery discovery = cluster.loadBalancing().discovery();
        boolean elsewhere = discovery.type() == LoadBalancing.Type.EDS;
        if (elsewhere && !cluster.endpoints().isEmpty()) {
            findings.add("endpoints", "with type EDS", "none: the Endpoints has them");
        }
        if (elsewhere && !cluster.loadBalancing().localityWeights().isEmpty()) {
            findings.add("localityWeights", "with type EDS", "none: the Endpoints has them");
        }
        if (!elsewhere && !discovery.serviceName().isEmpty()) {
            findings.add("edsClusterConfig", "with type " + discovery.type(), "type EDS");
        }
        if (discovery.type() == LoadBalancing.Type.LOGICAL_DNS && cluster.endpoints().size() != 1) {
            findings.add(
                    "endpoints",
                    cluster.endpoints().size() + " endpoints",
                    "exactly one: the cluster's type is LOGICAL_DNS");
        }
        for (int i = 0; i < cluster.endpoints().size(); i++) {
            String address = cluster.endpoints().get(i).address();
            if (discovery.type() == LoadBalancing.Type.STATIC && Syntax.ip(address) != null) {
                findings.add(
                        "endpoints[" + i + "].address",
                        Problem.shown(address),
                        "an IP address: the cluster's type is STATIC");
            }
        }
    }

    public static void failureRate(LoadBalancing.FailureRate rate, Findings findings) {
        Duration most = rate.maxInterval();
        if (most != null && most.compareTo(rate.baseInterval()) < 0) {
            findings.add("maxInterval", Spelling.of(most), "baseInterval or more");
        }
    }

    public static void resolver(Endpoint resolver, Findings findings) {
        findings.text("address", resolver.address(), Syntax.ip(resolver.address()));
    }

    private static void only(
            String field, boolean holds, Policy policy, String expected, Findings findings) {
        if (!holds) {
            findings.add(field, "with lbPolicy " + policy, "lbPolicy " + expected);
        }
    }

    static void localityWeights(List<LocalityWeight> weights, Findings findings) {
        findings.enter("localityWeights");
        Set<LocalityWeight> before = new HashSet<>();
        for (int i = 0; i < weights.size(); i++) {
            LocalityWeight weight = weights.get(i);
            if (!before.add(new LocalityWeight(weight.locality(), weight.priority(), 0))) {
                findings.enter(i);
                findings.add(Spelling.of(weight.locality()), "each locality of a priority once");
                findings.leave();
            }
        }
        findings.leave();
    }

    public static void localityWeight(LocalityWeight weight, Findings findings) {
        if (weight.weight() < 0 || weight.weight() > 4_294_967_295L) {
            findings.add("weight", Long.toString(weight.weight()), "0-4294967295");
        }
    }

    public static void ringHash(RingHash ring, Findings findings) {
        if (ring.minimumRingSize() > ring.maximumRingSize()) {
            findings.add(
                    "minimumRingSize",
                    Long.toString(ring.minimumRingSize()),
                    "at most maximumRingSize, " + ring.maximumRingSize());
        }
    }

    public static void maglev(Maglev maglev, Findings findings) {
        int size = maglev.tableSize();
        boolean prime = size >= 2 && size <= LARGEST_TABLE;
        for (int divisor = 2; prime && divisor * divisor <= size; divisor++) {
            prime = size % divisor != 0;
        }
        if (!prime) {
            findings.add("tableSize", Integer.toString(size), "a prime, at most " + LARGEST_TABLE);
        }
    }

    static void subsets(LoadBalancing.@Nullable Subsets subsets, Findings findings) {
        if (subsets == null) {
            return;
        }
        boolean byDefault = subsets.fallbackPolicy() == LoadBalancing.Fallback.DEFAULT_SUBSET;
        for (LoadBalancing.Selector selector : subsets.selectors()) {
            byDefault |= selector.fallbackPolicy() == LoadBalancing.Fallback.DEFAULT_SUBSET;
        }
        if (byDefault != !subsets.defaultSubset().isEmpty()) {
            findings.add(
                    "lbSubsetConfig",
                    byDefault ? "no defaultSubset" : "a defaultSubset",
                    "a defaultSubset exactly where a fallbackPolicy is DEFAULT_SUBSET");
        }
        if (subsets.options().scaleLocalityWeight() && !subsets.options().localityWeightAware()) {
            findings.add(
                    "lbSubsetConfig.scaleLocalityWeight",
                    "true",
                    "localityWeightAware beside it: without it there are no weights");
        }
        Set<Set<String>> before = new HashSet<>();
        for (LoadBalancing.Selector selector : subsets.selectors()) {
            fallbackKeys(selector, findings);
            Set<String> keys = new HashSet<>(selector.keys());
            if (keys.size() < selector.keys().size() || keys.isEmpty() || !before.add(keys)) {
                findings.add(
                        "lbSubsetConfig.subsetSelectors",
                        Spelling.of(selector.keys()),
                        "each set of keys once, and each key in it");
            }
        }
    }

    /** What holds of a cluster's hosts where each value of a list is a subset's. */
    static void subsetsOfHosts(Cluster cluster, Findings findings) {
        LoadBalancing.Subsets subsets = cluster.loadBalancing().subsets();
        if (subsets == null || !subsets.options().listAsAny()) {
            return;
        }
        for (int i = 0; i < cluster.endpoints().size(); i++) {
            findings.enter("endpoints");
            findings.enter(i);
            for (LoadBalancing.Selector selector : subsets.selectors()) {
                combinations(selector.keys(), cluster.endpoints().get(i).lbMetadata(), findings);
            }
            findings.leave();
            findings.leave();
        }
    }

    private static void combinations(
            List<String> keys, Map<String, String> metadata, Findings findings) {
        long product = 1;
        List<String> sizes = new ArrayList<>(keys.size());
        for (String key : keys) {
            int size = size(metadata.get(key));
            sizes.add(Integer.toString(size));
            product = Math.min(product * size, Integer.MAX_VALUE);
        }
        if (product > MOST_SUBSETS) {
            findings.add(
                    "metadata.envoy.lb",
                    String.join(" * ", sizes) + " values of " + Spelling.of(keys),
                    "at most " + MOST_SUBSETS + " combinations of them, with listAsAny");
        }
    }

    /** Of a list, as JSON without spaces between its values; 1 for any other value. */
    private static int size(@Nullable String json) {
        if (json == null || json.equals("[]")) {
            return 0;
        }
        if (json.charAt(0) != '[') {
            return 1;
        }
        int size = 1;
        boolean quoted = false;
        for (int i = 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                size++;
            }
        }
        return size;
    }

    private static void fallbackKeys(LoadBalancing.Selector selector, Findings findings) {
        Set<String> keys = new HashSet<>(selector.keys());
        Set<String> fewer = new HashSet<>(selector.fallbackKeysSubset());
        boolean asked = selector.fallbackPolicy() == LoadBalancing.Fallback.KEYS_SUBSET;
        boolean some = !fewer.isEmpty() && keys.containsAll(fewer) && fewer.size() < keys.size();
        if (asked ? !some : !fewer.isEmpty()) {
            findings.add(
                    "lbSubsetConfig.subsetSelectors",
                    Spelling.of(selector.fallbackKeysSubset()),
                    asked
                            ? "a fallbackKeysSubset of some of the keys "
                                    + Spelling.of(selector.keys())
                                    + ", not all"
                            : "no fallbackKeysSubset: the fallbackPolicy is not KEYS_SUBSET");
        }
    }

    public static void headerSource(Balancing.HeaderSource header, Findings findings) {
        String name = header.headerName();
        findings.text("headerName", name, Syntax.matchedHeader(name));
    }

    public static void queryParameterSource(
            Balancing.QueryParameterSource query, Findings findings) {
        findings.text("name", query.name(), Syntax.parameter(query.name()));
    }

    public static void connectionSource(Balancing.ConnectionSource from, Findings findings) {
        if (!from.sourceIp()) {
            findings.add("sourceIp", "false", "true: there is nothing else");
        }
    }

    public static void cookie(Balancing.Cookie cookie, Findings findings) {
        String expected = Syntax.isToken(cookie.name()) ? null : "the name of a cookie";
        findings.text("name", cookie.name(), expected);
        findings.text("path", cookie.path(), cookieText(cookie.path()));
    }

    public static void cookieAttribute(Balancing.Attribute attribute, Findings findings) {
        String expected = Syntax.isToken(attribute.name()) ? null : "the name of an attribute";
        findings.text("name", attribute.name(), expected);
        findings.text("value", attribute.value(), cookieText(attribute.value()));
    }

    private static @Nullable String cookieText(String text) {
        boolean good = text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ';');
        return good ? null : "printable ASCII without ;";
    }

    public static void headerCarrier(Balancing.HeaderCarrier header, Findings findings) {
        findings.text("name", header.name(), Syntax.changedHeader(header.name()));
    }
}
