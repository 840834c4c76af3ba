package dev.wick.gateway.balance;

import dev.wick.gateway.balance.BalancerSettings.Fallback;
import dev.wick.gateway.balance.BalancerSettings.Selector;
import dev.wick.gateway.balance.BalancerSettings.SubsetSettings;
import dev.wick.hash.SubsetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of hosts that have the same metadata under the keys of a selector, each balanced for
 * itself. Immutable. A request finds its own by one look-up.
 */
final class Subsets {

    private final Map<String, Balancer> byKey = new HashMap<>();
    private final Map<String, Fallback> fallbacks = new HashMap<>();
    private final Fallback fallback;
    private @Nullable Balancer defaultSubset;

    private Subsets(Fallback fallback) {
        this.fallback = fallback;
    }

    static Subsets of(
            BalancerSettings settings,
            SubsetSettings by,
            List<? extends Member> members,
            Builder.Numbers numbers,
            Bound bound) {
        BalancerSettings within = within(settings);
        Subsets subsets = new Subsets(by.fallback());
        Map<String, List<Member>> groups = new HashMap<>();
        for (Selector selector : by.selectors()) {
            if (selector.fallback() != null) {
                subsets.fallbacks.put(
                        String.join("\n", selector.keys()) + "\n", selector.fallback());
            }
            for (Member member : members) {
                String key = SubsetKey.of(selector.keys(), member.attributes().metadata());
                if (key != null) {
                    groups.computeIfAbsent(key, k -> new ArrayList<>()).add(member);
                }
            }
        }
        groups.forEach(
                (key, group) ->
                        subsets.byKey.put(key, Balancer.build(within, group, numbers, bound)));
        if (by.fallback() == Fallback.DEFAULT_SUBSET
                || by.selectors().stream().anyMatch(s -> s.fallback() == Fallback.DEFAULT_SUBSET)) {
            List<Member> group = new ArrayList<>();
            for (Member member : members) {
                if (has(member.attributes().metadata(), by.defaultSubset())) {
                    group.add(member);
                }
            }
            subsets.defaultSubset = Balancer.build(within, group, numbers, bound);
        }
        return subsets;
    }

    private static BalancerSettings within(BalancerSettings all) {
        return new BalancerSettings(
                all.policy(),
                all.choices(),
                all.activeRequestBias(),
                all.slowStart(),
                all.minimumRingSize(),
                all.maximumRingSize(),
                all.murmur(),
                all.maglevTableSize(),
                all.hashesHostnames(),
                all.panicThreshold(),
                all.failsOnPanic(),
                all.overprovisioning(),
                all.byLocality(),
                all.localityWeights(),
                null);
    }

    private static boolean has(Map<String, String> metadata, Map<String, String> wanted) {
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(metadata.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return byKey.size();
    }

    @Nullable Member choose(Turns turns, @Nullable Selection wanted, Balancer all) {
        String key = wanted == null ? null : wanted.subset;
        Balancer subset = key == null ? null : byKey.get(key);
        if (subset != null) {
            turns.counts().subsetSelected(turns.loop());
            return subset.among(turns, wanted);
        }
        Fallback otherwise = key == null ? fallback : fallbackOf(key);
        Balancer instead =
                switch (otherwise) {
                    case NO_FALLBACK -> null;
                    case ANY_ENDPOINT -> all;
                    case DEFAULT_SUBSET -> defaultSubset;
                };
        Member member = instead == null ? null : instead.among(turns, wanted);
        if (member != null) {
            turns.counts().subsetFallback(turns.loop());
        }
        return member;
    }

    private Fallback fallbackOf(String key) {
        return fallbacks.isEmpty()
                ? fallback
                : fallbacks.getOrDefault(SubsetKey.names(key), fallback);
    }
}
