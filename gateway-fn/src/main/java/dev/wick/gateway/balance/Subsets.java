package dev.wick.gateway.balance;

import dev.wick.gateway.balance.BalancerSettings.Fallback;
import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import dev.wick.gateway.balance.BalancerSettings.Selector;
import dev.wick.gateway.balance.BalancerSettings.SubsetSettings;
import dev.wick.hash.SubsetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups of hosts that have the same metadata under the keys of a selector, each balanced for
 * itself. Shared by all loops; what becomes of what a request asks for is worked out once, so that
 * it is then found by one look-up.
 */
final class Subsets {

    private final SubsetSettings by;
    private final BalancerSettings settings;
    private final List<? extends Member> members;
    private final Builder.Numbers numbers;
    private final Bound bound;
    private final Map<String, Group> groups = new HashMap<>();

    /** Of those that are balanced, where rings and tables may be taken over. */
    private final Map<String, Balancer> balancers = new HashMap<>();

    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final Way general;
    private final @Nullable Balancer any;
    private final @Nullable Balancer byDefault;

    /** Of whom one is chosen. */
    private interface Group {
        @Nullable Member choose(Turns turns, @Nullable Selection wanted);
    }

    /**
     * What becomes of a request.
     *
     * @param group null: it has no host
     * @param kind what is counted
     */
    private record Way(@Nullable Group group, Kind kind) {}

    private enum Kind {
        SUBSET,
        FALLBACK_OF_SELECTOR,
        FALLBACK
    }

    private Subsets(
            BalancerSettings settings,
            SubsetSettings by,
            List<? extends Member> members,
            Builder.Numbers numbers,
            Bound bound,
            @Nullable Subsets before) {
        this.settings = settings;
        this.by = by;
        this.members = members;
        this.numbers = numbers;
        this.bound = bound;
        any =
                uses(Fallback.ANY_ENDPOINT) || by.panicModeAny()
                        ? balanced(members, before == null ? null : before.any)
                        : null;
        byDefault =
                uses(Fallback.DEFAULT_SUBSET)
                        ? balanced(defaultSubset(), before == null ? null : before.byDefault)
                        : null;
        general = new Way(fallback(by.fallback()), Kind.FALLBACK);
    }

    static Subsets of(
            BalancerSettings settings,
            SubsetSettings by,
            List<? extends Member> members,
            Builder.Numbers numbers,
            Bound bound,
            @Nullable Subsets before) {
        Subsets subsets = new Subsets(settings, by, members, numbers, bound, before);
        by.selectors().forEach(selector -> subsets.group(selector, before));
        return subsets;
    }

    private boolean uses(Fallback fallback) {
        return by.fallback() == fallback
                || by.selectors().stream().anyMatch(selector -> selector.fallback() == fallback);
    }

    private List<Member> defaultSubset() {
        List<Member> group = new ArrayList<>();
        for (Member member : members) {
            if (SubsetKey.has(member.attributes().metadata(), by.defaultSubset(), by.listAsAny())) {
                group.add(member);
            }
        }
        return group;
    }

    private void group(Selector selector, @Nullable Subsets before) {
        Map<String, List<Member>> found = new HashMap<>();
        for (Member member : members) {
            Map<String, String> metadata = member.attributes().metadata();
            for (String key : SubsetKey.of(selector.keys(), metadata, by.listAsAny())) {
                found.computeIfAbsent(key, k -> new ArrayList<>()).add(member);
            }
        }
        found.forEach(
                (key, group) ->
                        groups.put(
                                key,
                                selector.singleHost()
                                        ? single(group)
                                        : balanced(key, group, before)));
    }

    private Group balanced(String key, List<Member> group, @Nullable Subsets before) {
        Balancer made = balanced(group, before == null ? null : before.balancer(key));
        if (settings.policy().hashes()) {
            balancers.put(key, made);
        }
        return made::among;
    }

    /** The first of the highest priority, however it is. */
    private static Group single(List<Member> group) {
        Member first = group.getFirst();
        for (Member member : group) {
            if (member.attributes().priority() < first.attributes().priority()) {
                first = member;
            }
        }
        Member one = first;
        return (turns, wanted) -> one;
    }

    private Balancer balanced(List<? extends Member> group, @Nullable Balancer known) {
        boolean weighs = settings.byLocality() && by.localityWeightAware();
        Map<LocalityKey, Long> weights =
                weighs && by.scaleLocalityWeight() ? scaled(group) : settings.localityWeights();
        return Balancer.build(settings.within(weighs, weights), group, numbers, bound, known);
    }

    /** Weights less by those hosts of a locality that are not in the group. */
    private Map<LocalityKey, Long> scaled(List<? extends Member> group) {
        Map<LocalityKey, Integer> all = counts(members);
        Map<LocalityKey, Integer> here = counts(group);
        Map<LocalityKey, Long> scaled = new HashMap<>();
        settings.localityWeights()
                .forEach(
                        (locality, weight) -> {
                            int hosts = all.getOrDefault(locality, 0);
                            long share = weight * here.getOrDefault(locality, 0);
                            scaled.put(
                                    locality, hosts == 0 ? 0 : Math.round((double) share / hosts));
                        });
        return scaled;
    }

    private static Map<LocalityKey, Integer> counts(List<? extends Member> members) {
        Map<LocalityKey, Integer> counts = new HashMap<>();
        for (Member member : members) {
            Attributes attributes = member.attributes();
            counts.merge(
                    new LocalityKey(attributes.priority(), attributes.locality()), 1, Integer::sum);
        }
        return counts;
    }

    /** What balances a subset by hashes; null where nothing does. */
    @Nullable Balancer balancer(String key) {
        return balancers.get(key);
    }

    int size() {
        return groups.size();
    }

    @Nullable Member choose(Turns turns, @Nullable Selection wanted) {
        Way way = wanted == null || wanted.subset == null ? general : way(wanted.subset);
        if (way.kind == Kind.SUBSET) {
            turns.counts().subsetSelected(turns.loop());
        }
        Member member = way.group == null ? null : way.group.choose(turns, wanted);
        if (way.kind != Kind.FALLBACK) {
            return member;
        }
        if (member != null) {
            turns.counts().subsetFallback(turns.loop());
        } else if (any != null && by.panicModeAny()) {
            member = any.among(turns, wanted);
            if (member != null) {
                turns.counts().subsetFallbackPanic(turns.loop());
            }
        }
        return member;
    }

    private Way way(String key) {
        Way known = ways.get(key);
        return known == null ? ways.computeIfAbsent(key, this::found) : known;
    }

    private Way found(String key) {
        String asked = by.allowRedundantKeys() ? withoutRedundant(key) : key;
        Group group = groups.get(asked);
        if (group != null) {
            return new Way(group, Kind.SUBSET);
        }
        Selector selector = selector(SubsetKey.names(asked));
        Fallback fallback = selector == null ? null : selector.fallback();
        if (selector == null || fallback == null) {
            return general;
        }
        if (fallback == Fallback.KEYS_SUBSET) {
            String fewer = SubsetKey.only(asked, selector.fallbackKeys());
            return fewer.equals(asked) ? general : found(fewer);
        }
        return new Way(fallback(fallback), Kind.FALLBACK_OF_SELECTOR);
    }

    /** Just the keys of the first selector that the request has all keys of. */
    private String withoutRedundant(String key) {
        for (Selector selector : by.selectors()) {
            String fewer = SubsetKey.only(key, selector.keys());
            if (SubsetKey.names(fewer).equals(selector.keys())) {
                return fewer;
            }
        }
        return key;
    }

    private @Nullable Selector selector(List<String> keys) {
        for (Selector selector : by.selectors()) {
            if (selector.keys().equals(keys)) {
                return selector;
            }
        }
        return null;
    }

    private @Nullable Group fallback(Fallback fallback) {
        Balancer instead =
                switch (fallback) {
                    case NO_FALLBACK, KEYS_SUBSET -> null;
                    case ANY_ENDPOINT -> any;
                    case DEFAULT_SUBSET -> byDefault;
                };
        return instead == null ? null : instead::among;
    }
}
