package dev.wick.gateway.balance;

import dev.wick.hash.MurmurHash;
import dev.wick.hash.XxHash;
import java.util.Arrays;
import java.util.List;

/**
 * Ketama's ring, with the places that Envoy gives its hosts: a request goes to the first place at
 * or after its hash. Looked up through a table over the hash's first bits, so that a large ring
 * costs no more than a small one.
 */
final class Ring extends Hashing {

    /** Bits by which places are sorted at a time. */
    private static final int DIGIT = 8;

    private final long[] hashes;
    private final int[] owners;
    private final int[] starts;
    private final int shift;

    /**
     * @param members one or more
     * @param weights as many; their sum is 1
     */
    Ring(Member[] members, double[] weights, BalancerSettings settings) {
        super(members);
        double least = 1;
        for (double weight : weights) {
            least = Math.min(least, weight);
        }
        double scale = scale(least, settings);
        int capacity = (int) Math.ceil(scale) + members.length;
        long[] placed = new long[capacity];
        int[] owner = new int[capacity];
        int size = 0;
        double target = 0;
        for (int i = 0; i < members.length; i++) {
            String key = members[i].hashKey(settings.hashesHostnames()) + "_";
            target += scale * weights[i];
            for (int n = 0; size < target; n++) {
                String octets = key + n;
                placed[size] = settings.murmur() ? MurmurHash.of(octets) : XxHash.of(octets);
                owner[size++] = i;
            }
        }
        hashes = Arrays.copyOf(placed, size);
        owners = Arrays.copyOf(owner, size);
        sort(placed, owner);
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(size));
        shift = Long.SIZE - bits;
        starts = starts(bits);
    }

    /** How large it is where a host's share is that much at least. */
    private static double scale(double least, BalancerSettings settings) {
        return Math.min(
                Math.ceil(least * settings.minimumRingSize()) / least, settings.maximumRingSize());
    }

    /** How large a ring of these or some of them may be. */
    static long most(BalancerSettings settings, List<? extends Member> members) {
        double least = Double.MAX_VALUE;
        double sum = 0;
        for (Member member : members) {
            long weight = member.attributes().weight();
            least = Math.min(least, weight);
            sum += weight;
        }
        double share = sum == 0 ? 1 : least / sum;
        if (settings.byLocality()) {
            share *= leastOfLocalities(settings);
        }
        // That the least share is rounded up to a whole place makes the ring larger by this.
        double rounded = 1 / share;
        return (long) Math.min(settings.minimumRingSize() + rounded, settings.maximumRingSize());
    }

    private static double leastOfLocalities(BalancerSettings settings) {
        double least = Double.MAX_VALUE;
        double sum = 0;
        for (long weight : settings.localityWeights().values()) {
            least = weight == 0 ? least : Math.min(least, weight);
            sum += weight;
        }
        return sum == 0 ? 1 : least / sum;
    }

    /**
     * By hash, unsigned; of equals the first stays so. By octet, the last one first: so the owners
     * go with their hashes, and there is no object for each.
     *
     * @param spareHashes room for as many
     */
    private void sort(long[] spareHashes, int[] spareOwners) {
        long[] fromHashes = hashes;
        int[] fromOwners = owners;
        long[] toHashes = spareHashes;
        int[] toOwners = spareOwners;
        int size = hashes.length;
        for (int low = 0; low < Long.SIZE; low += DIGIT) {
            int[] next = firsts(fromHashes, size, low);
            for (int i = 0; i < size; i++) {
                int to = next[digit(fromHashes[i], low)]++;
                toHashes[to] = fromHashes[i];
                toOwners[to] = fromOwners[i];
            }
            long[] readHashes = fromHashes;
            int[] readOwners = fromOwners;
            fromHashes = toHashes;
            fromOwners = toOwners;
            toHashes = readHashes;
            toOwners = readOwners;
        }
        // After an even number of rounds all is back where it was.
    }

    private static int digit(long hash, int low) {
        return (int) (hash >>> low) & ((1 << DIGIT) - 1);
    }

    /** Where the first of each digit goes. */
    private static int[] firsts(long[] hashes, int size, int low) {
        int[] firsts = new int[(1 << DIGIT) + 1];
        for (int i = 0; i < size; i++) {
            firsts[digit(hashes[i], low) + 1]++;
        }
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] += firsts[i - 1];
        }
        return firsts;
    }

    /** For each beginning of a hash, the first place at or after it. */
    private int[] starts(int bits) {
        int[] first = new int[1 << bits];
        int place = 0;
        for (int i = 0; i < first.length; i++) {
            while (place < hashes.length && (int) (hashes[place] >>> shift) < i) {
                place++;
            }
            first[i] = place;
        }
        return first;
    }

    int size() {
        return hashes.length;
    }

    /** How many places the host has that has the fewest, and the most. */
    int[] fewestAndMost() {
        int[] counts = new int[members.length];
        for (int owner : owners) {
            counts[owner]++;
        }
        return new int[] {
            Arrays.stream(counts).min().orElse(0), Arrays.stream(counts).max().orElse(0)
        };
    }

    @Override
    int owner(long hash, int attempt) {
        int place = starts[(int) (hash >>> shift)];
        while (place < hashes.length && Long.compareUnsigned(hashes[place], hash) < 0) {
            place++;
        }
        place = place == hashes.length ? 0 : place;
        return owners[attempt == 0 ? place : (place + attempt) % hashes.length];
    }
}
