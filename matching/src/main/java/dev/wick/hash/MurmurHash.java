package dev.wick.hash;

/**
 * MurmurHash2, 64 bits, seeded as the C++ library's {@code std::hash}: what Envoy's ring hash may
 * use for its ring. Any thread.
 */
public final class MurmurHash {

    private static final long SEED = 0xc70f6907L;
    private static final long FACTOR = 0xc6a4a7935bd1e995L;

    private MurmurHash() {}

    /** Of octets, given as Latin-1 characters. */
    public static long of(String octets) {
        int length = octets.length();
        int whole = length & ~7;
        long hash = SEED ^ (length * FACTOR);
        for (int at = 0; at < whole; at += 8) {
            hash = (hash ^ (mixed(XxHash.eight(octets, at) * FACTOR) * FACTOR)) * FACTOR;
        }
        if (whole < length) {
            long rest = 0;
            for (int at = length - 1; at >= whole; at--) {
                rest = (rest << 8) | (octets.charAt(at) & 0xff);
            }
            hash = (hash ^ rest) * FACTOR;
        }
        return mixed(mixed(hash) * FACTOR);
    }

    private static long mixed(long value) {
        return value ^ (value >>> 47);
    }
}
