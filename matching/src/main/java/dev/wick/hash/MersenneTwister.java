package dev.wick.hash;

/**
 * The generator that C++ calls {@code mt19937}, number for number. Confined to one thread; may be
 * seeded again.
 */
public final class MersenneTwister {

    private static final int SIZE = 624;
    private static final int MIDDLE = 397;
    private static final int HIGHEST = 0x8000_0000;
    private static final int TWIST = 0x9908_b0df;

    private final int[] state = new int[SIZE];
    private int next;

    /** Begins anew; only the lower half of the seed counts. */
    public void seed(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            int before = state[i - 1];
            state[i] = 1_812_433_253 * (before ^ (before >>> 30)) + i;
        }
        next = SIZE;
    }

    /** 0 to 2^32 - 1. */
    public long next() {
        if (next == SIZE) {
            twist();
        }
        int number = state[next++];
        number ^= number >>> 11;
        number ^= number << 7 & 0x9d2c_5680;
        number ^= number << 15 & 0xefc6_0000;
        number ^= number >>> 18;
        return Integer.toUnsignedLong(number);
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int mixed = state[i] & HIGHEST | state[(i + 1) % SIZE] & ~HIGHEST;
            int twisted = (mixed & 1) == 0 ? mixed >>> 1 : mixed >>> 1 ^ TWIST;
            state[i] = state[(i + MIDDLE) % SIZE] ^ twisted;
        }
        next = 0;
    }

    /**
     * 0 to {@code bound} - 1, all equally likely.
     *
     * @param bound 1 or more
     */
    public int below(int bound) {
        long share = (1L << 32) / bound;
        long number = bound;
        while (number >= bound) {
            number = next() / share;
        }
        return (int) number;
    }
}
