package dev.wick.entry;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few networks. Immutable. */
public final class CidrSet {

    /** None. */
    public static final CidrSet EMPTY = new CidrSet(new byte[0][], new int[0]);

    private final byte[][] prefixes;
    private final int[] lengths;

    private CidrSet(byte[][] prefixes, int[] lengths) {
        this.prefixes = prefixes;
        this.lengths = lengths;
    }

    /**
     * @param addresses 4 or 16 octets each
     * @param lengths of their prefixes, in bits
     */
    public static CidrSet of(List<byte[]> addresses, List<Integer> lengths) {
        int[] bits = new int[lengths.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = lengths.get(i);
        }
        return new CidrSet(addresses.toArray(new byte[0][]), bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CidrSet set
                && Arrays.deepEquals(prefixes, set.prefixes)
                && Arrays.equals(lengths, set.lengths);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(prefixes) + Arrays.hashCode(lengths);
    }

    public boolean isEmpty() {
        return lengths.length == 0;
    }

    /**
     * @param address 4 or 16 octets; others are in no network
     */
    public boolean contains(byte[] address) {
        for (int i = 0; i < lengths.length; i++) {
            if (starts(address, prefixes[i], lengths[i])) {
                return true;
            }
        }
        return false;
    }

    static boolean starts(byte[] address, byte[] prefix, int bits) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> 8 - rest == 0;
    }
}
