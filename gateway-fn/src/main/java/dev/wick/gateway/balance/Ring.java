package dev.wick.gateway.balance;

import dev.wick.hash.MurmurHash;
import dev.wick.hash.XxHash;
import java.util.Arrays;

/**
 * Ketama's ring, with the places that Envoy gives its hosts: a request goes to the first place at
 * or after its hash. Looked up through a table over the hash's first bits, so that a large ring
 * costs no more than a small one.
 */
final class Ring extends Hashing {

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
        double scale =
                Math.min(
                        Math.ceil(least * settings.minimumRingSize()) / least,
                        settings.maximumRingSize());
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
        hashes = new long[size];
        owners = new int[size];
        sort(placed, owner, size);
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(size));
        shift = Long.SIZE - bits;
        starts = starts(bits);
    }

    /** By hash, unsigned; of equals the first stays so. */
    private void sort(long[] placed, int[] owner, int size) {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compareUnsigned(placed[a], placed[b]));
        for (int i = 0; i < size; i++) {
            hashes[i] = placed[order[i]];
            owners[i] = owner[order[i]];
        }
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
