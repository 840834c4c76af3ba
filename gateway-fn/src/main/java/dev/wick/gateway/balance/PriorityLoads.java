package dev.wick.gateway.balance;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What share of the requests each priority gets, in percent, and which are in panic. Immutable.
 *
 * <p>In whole numbers, as Envoy reckons: a priority's health is the share of its hosts that are
 * healthy, times the overprovisioning factor, at most 100. The first takes its health's worth of
 * the load, the next of what is left, and so on; where all together have less than 100, each takes
 * its part of what there is. Degraded hosts come after the healthy ones of all priorities. Once
 * everything together can carry the load, nothing is in panic; else each priority is that has a
 * smaller share of available hosts than the threshold. Where all are, hosts share evenly.
 */
final class PriorityLoads {

    private static final int ALL = 100;

    private final int[] health;
    private final int[] degradedHealth;
    private final int[] healthy;
    private final int[] degraded;
    private final boolean[] panic;

    /** For {@link #excluding} only: health as it was, loads all anew. */
    private PriorityLoads(int[] health, int[] degradedHealth, boolean[] panic) {
        this.health = health;
        this.degradedHealth = degradedHealth;
        this.healthy = new int[health.length];
        this.degraded = new int[health.length];
        this.panic = panic;
    }

    /**
     * @param counts hosts of each priority, from 0 on; at least one
     * @param overprovisioning percent, as 140
     * @param panicThreshold percent, 0-100; 0: none ever is
     */
    static PriorityLoads of(Counts[] counts, int overprovisioning, double panicThreshold) {
        int size = counts.length;
        PriorityLoads loads = new PriorityLoads(new int[size], new int[size], new boolean[size]);
        for (int i = 0; i < size; i++) {
            int hosts = counts[i].total() - counts[i].excluded();
            if (hosts > 0) {
                loads.health[i] = health(counts[i].healthy(), hosts, overprovisioning);
                loads.degradedHealth[i] = health(counts[i].degraded(), hosts, overprovisioning);
            }
        }
        int available = loads.available();
        if (available > 0) {
            loads.distribute(available);
        }
        loads.panic(counts, available, panicThreshold);
        return loads;
    }

    /** The hosts of a priority. */
    record Counts(int total, int healthy, int degraded, int excluded) {}

    private static int health(int good, int hosts, int overprovisioning) {
        return (int) Math.min(ALL, (long) overprovisioning * good / hosts);
    }

    private int available() {
        long sum = 0;
        for (int i = 0; i < health.length; i++) {
            sum += health[i] + degradedHealth[i];
        }
        return (int) Math.min(ALL, sum);
    }

    private void distribute(int available) {
        int left = distribute(healthy, health, ALL, available);
        left = distribute(degraded, degradedHealth, left, available);
        if (left > 0) {
            int first = first(health);
            if (first >= 0) {
                healthy[first] += left;
            } else {
                degraded[first(degradedHealth)] += left;
            }
        }
    }

    private static int distribute(int[] loads, int[] health, int load, int available) {
        int left = load;
        for (int i = 0; i < health.length; i++) {
            int share = Math.min(left, health[i] * ALL / available);
            loads[i] += share;
            left -= share;
        }
        return left;
    }

    private static int first(int[] health) {
        for (int i = 0; i < health.length; i++) {
            if (health[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    private void panic(Counts[] counts, int available, double threshold) {
        if (threshold == 0 && available == 0) {
            healthy[0] = ALL;
            return;
        }
        boolean total = true;
        for (int i = 0; i < panic.length; i++) {
            panic[i] = available < ALL && isInPanic(counts[i], threshold);
            total &= panic[i];
        }
        if (total) {
            shareByHosts(counts);
        }
    }

    private static boolean isInPanic(Counts counts, double threshold) {
        int hosts = counts.total() - counts.excluded();
        double good = hosts == 0 ? 0 : 100.0 * (counts.healthy() + counts.degraded()) / hosts;
        return good < threshold;
    }

    private void shareByHosts(Counts[] counts) {
        long total = 0;
        for (Counts priority : counts) {
            total += priority.total();
        }
        Arrays.fill(degraded, 0);
        Arrays.fill(healthy, 0);
        int first = 0;
        int left = ALL;
        for (int i = counts.length - 1; i >= 0 && total > 0; i--) {
            healthy[i] = (int) ((long) ALL * counts[i].total() / total);
            left -= healthy[i];
            first = counts[i].total() > 0 ? i : first;
        }
        healthy[first] += left;
    }

    /**
     * The loads where some priorities get none, for a request that failed in them; null where no
     * other has anything to offer.
     */
    @Nullable PriorityLoads excluding(BitSet excluded) {
        int[] left = health.clone();
        int[] leftDegraded = degradedHealth.clone();
        for (int i = excluded.nextSetBit(0);
                i >= 0 && i < left.length;
                i = excluded.nextSetBit(i + 1)) {
            left[i] = 0;
            leftDegraded[i] = 0;
        }
        PriorityLoads loads = new PriorityLoads(left, leftDegraded, panic);
        int available = loads.available();
        if (available == 0) {
            return null;
        }
        loads.distributeAll(available);
        return loads;
    }

    /**
     * As Envoy shares out a retry: what rounding leaves over goes round once more, from the first
     * on.
     */
    private void distributeAll(int available) {
        int load = ALL;
        while (load > 0) {
            load = distribute(healthy, health, load, available);
            load = distribute(degraded, degradedHealth, load, available);
        }
    }

    /**
     * Where a request goes.
     *
     * @param hash any number, taken as unsigned
     * @return the priority, or -1 - priority for its degraded hosts
     */
    int choose(long hash) {
        if (healthy[0] == ALL) {
            return 0;
        }
        int point = (int) Long.remainderUnsigned(hash, ALL);
        for (int i = 0; i < healthy.length; i++) {
            point -= healthy[i];
            if (point < 0) {
                return i;
            }
        }
        for (int i = 0; i < degraded.length; i++) {
            point -= degraded[i];
            if (point < 0) {
                return -1 - i;
            }
        }
        return 0;
    }

    int size() {
        return health.length;
    }

    boolean panics(int priority) {
        return panic[priority];
    }

    int healthyLoad(int priority) {
        return healthy[priority];
    }

    int degradedLoad(int priority) {
        return degraded[priority];
    }
}
