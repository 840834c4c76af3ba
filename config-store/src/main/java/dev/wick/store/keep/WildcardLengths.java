package dev.wick.store.keep;

import dev.wick.model.DomainName;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many wildcards of which length there are on each chain. The views' writing thread changes it,
 * any thread reads.
 */
final class WildcardLengths {

    private record Chain(String listener, String chain) {}

    private static final class Counts {
        final TreeMap<Integer, Integer> suffixes = new TreeMap<>();
        final TreeMap<Integer, Integer> prefixes = new TreeMap<>();
        volatile Wildcards lengths = Wildcards.NONE;
    }

    private final Map<Chain, Counts> chains = new ConcurrentHashMap<>();

    Wildcards of(String listener, String chain) {
        Counts counts = chains.get(new Chain(listener, chain));
        return counts == null ? Wildcards.NONE : counts.lengths;
    }

    void count(DomainKey key, int delta) {
        String domain = key.domain();
        boolean suffix = DomainName.isSuffixWildcard(domain);
        if (!suffix && !DomainName.isPrefixWildcard(domain)) {
            return;
        }
        int length = DomainName.wildcardLength(domain);
        Counts counts =
                chains.computeIfAbsent(new Chain(key.listener(), key.chain()), _ -> new Counts());
        TreeMap<Integer, Integer> of = suffix ? counts.suffixes : counts.prefixes;
        int before = of.size();
        of.merge(length, delta, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        if (of.size() != before) {
            counts.lengths =
                    new Wildcards(longestFirst(counts.suffixes), longestFirst(counts.prefixes));
        }
    }

    private static int[] longestFirst(TreeMap<Integer, Integer> counts) {
        return counts.descendingKeySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
