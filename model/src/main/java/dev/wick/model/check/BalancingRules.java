package dev.wick.model.check;

import dev.wick.model.LoadBalancing;
import dev.wick.model.LoadBalancing.LocalityWeight;
import dev.wick.model.LoadBalancing.Maglev;
import dev.wick.model.LoadBalancing.Policy;
import dev.wick.model.LoadBalancing.RingHash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds of how hosts are picked; see {@link Rules}. */
public final class BalancingRules {

    private static final int LARGEST_TABLE = 5_000_011;

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
                "slowStartConfig",
                balancing.slowStart() == null
                        || policy == Policy.ROUND_ROBIN
                        || policy == Policy.LEAST_REQUEST,
                policy,
                "ROUND_ROBIN or LEAST_REQUEST",
                findings);
        localityWeights(balancing.localityWeights(), findings);
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
                findings.add(weight.locality().toString(), "each locality of a priority once");
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
}
