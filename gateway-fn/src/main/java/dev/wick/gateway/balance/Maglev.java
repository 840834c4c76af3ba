package dev.wick.gateway.balance;

import dev.wick.hash.XxHash;
import java.util.Arrays;

/** Maglev's table, filled as Envoy fills it: a request goes to its hash's entry. */
final class Maglev extends Hashing {

    private final int[] table;

    /**
     * @param members one or more
     * @param weights as many; their sum is 1
     */
    Maglev(Member[] members, double[] weights, BalancerSettings settings) {
        super(members);
        int size = settings.maglevTableSize();
        table = new int[size];
        Arrays.fill(table, -1);
        double most = 0;
        long[] next = new long[members.length];
        long[] skip = new long[members.length];
        for (int i = 0; i < members.length; i++) {
            String key = members[i].hashKey(settings.hashesHostnames());
            next[i] = Long.remainderUnsigned(XxHash.of(key), size);
            skip[i] = Long.remainderUnsigned(XxHash.of(key, 1), size - 1L) + 1;
            most = Math.max(most, weights[i]);
        }
        fill(weights, most, next, skip);
    }

    private void fill(double[] weights, double most, long[] next, long[] skip) {
        double[] targets = new double[weights.length];
        int filled = 0;
        for (int round = 1; filled < table.length; round++) {
            for (int i = 0; i < weights.length && filled < table.length; i++) {
                if (round * weights[i] < targets[i]) {
                    continue;
                }
                targets[i] += most;
                while (table[(int) next[i]] >= 0) {
                    next[i] = (next[i] + skip[i]) % table.length;
                }
                table[(int) next[i]] = i;
                next[i] = (next[i] + skip[i]) % table.length;
                filled++;
            }
        }
    }

    /** How many entries the host has that has the fewest, and the most. */
    int[] fewestAndMost() {
        int[] counts = new int[members.length];
        for (int owner : table) {
            counts[owner]++;
        }
        return new int[] {
            Arrays.stream(counts).min().orElse(0), Arrays.stream(counts).max().orElse(0)
        };
    }

    @Override
    int owner(long hash, int attempt) {
        long key = attempt == 0 ? hash : hash ^ (-1L - attempt + 1);
        return table[(int) Long.remainderUnsigned(key, table.length)];
    }
}
