package dev.wick.gateway.overload;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Latencies of some time, in bins of two decimal digits, as Envoy's histograms have them. Each loop
 * adds to bins of its own, without an atomic step; any thread may read, and may miss what is being
 * added.
 */
final class Latencies {

    /** 0 to 99 microseconds have a bin each. */
    private static final int SMALL = 100;

    private static final int DIGITS = 90;
    private static final int POWERS = 10;
    private static final int BINS = SMALL + DIGITS * POWERS;

    private final @Nullable AtomicIntegerArray[] loops;

    Latencies(int loops) {
        this.loops = new AtomicIntegerArray[loops];
    }

    /** Adds one, on loop {@code loop}. */
    void add(int loop, long micros) {
        AtomicIntegerArray own = loops[loop];
        if (own == null) {
            own = new AtomicIntegerArray(BINS);
            loops[loop] = own;
        }
        int bin = bin(Math.max(0, micros));
        own.setOpaque(bin, own.getPlain(bin) + 1);
    }

    private static int bin(long micros) {
        int power = 0;
        long digits = micros;
        while (digits >= SMALL && power < POWERS) {
            digits /= 10;
            power++;
        }
        if (power == 0) {
            return (int) digits;
        }
        return SMALL + (power - 1) * DIGITS + (int) Math.min(digits, SMALL - 1) - 10;
    }

    private static double left(int bin) {
        if (bin < SMALL) {
            return bin;
        }
        int above = bin - SMALL;
        return (10 + above % DIGITS) * Math.pow(10, 1 + above / DIGITS);
    }

    private static double width(int bin) {
        if (bin >= SMALL) {
            return Math.pow(10, 1 + (bin - SMALL) / DIGITS);
        }
        if (bin >= 10) {
            return 1;
        }
        return bin == 0 ? 0 : 0.1;
    }

    /**
     * The latency, in whole microseconds, that a share of all does not exceed, found within its bin
     * in proportion; -1 where there are none.
     *
     * @param share 0-1
     */
    long quantile(double share) {
        long[] counts = new long[BINS];
        long total = 0;
        for (AtomicIntegerArray own : loops) {
            for (int i = 0; own != null && i < BINS; i++) {
                // Once: another loop may add between two looks.
                int count = own.getOpaque(i);
                counts[i] += count;
                total += count;
            }
        }
        if (total == 0) {
            return -1;
        }
        double wanted = share * total;
        long below = 0;
        int bin = 0;
        while (bin < BINS - 1 && (counts[bin] == 0 || below + counts[bin] < wanted)) {
            below += counts[bin];
            bin++;
        }
        return (long) (left(bin) + (wanted - below) / counts[bin] * width(bin));
    }
}
