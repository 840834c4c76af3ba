package dev.wick.gateway.observe;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each status came, on one event loop, which alone counts; any thread may read. A few
 * statuses are all that most clusters ever answer with, so they are looked for one by one, and take
 * room only once they came.
 */
final class StatusCounts {

    private static final int FEW = 4;

    private volatile Table table = new Table(new int[0], new AtomicLongArray(0));

    /**
     * @param statuses in the order in which they came first
     * @param counts as many or more
     */
    private record Table(int[] statuses, AtomicLongArray counts) {}

    /** Adds one. On the loop. */
    void count(int status) {
        Table now = table;
        int place = 0;
        while (place < now.statuses.length && now.statuses[place] != status) {
            place++;
        }
        if (place == now.statuses.length) {
            now = with(now, status);
            table = now;
        }
        now.counts.setOpaque(place, now.counts.getPlain(place) + 1);
    }

    private static Table with(Table before, int status) {
        int known = before.statuses.length;
        int[] statuses = Arrays.copyOf(before.statuses, known + 1);
        statuses[known] = status;
        AtomicLongArray counts = before.counts;
        if (counts.length() == known) {
            counts = new AtomicLongArray(Math.max(FEW, 2 * known));
            for (int i = 0; i < known; i++) {
                counts.setPlain(i, before.counts.getPlain(i));
            }
        }
        return new Table(statuses, counts);
    }

    /** Adds what was counted to the sums of all loops, which stand under their status. */
    void addTo(long[] sums) {
        Table now = table;
        for (int i = 0; i < now.statuses.length; i++) {
            sums[now.statuses[i]] += now.counts.getOpaque(i);
        }
    }
}
