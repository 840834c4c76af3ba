package dev.wick.gateway.observe;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one member of a {@link MetricGroup}, as of one cluster. Each event loop counts in
 * a stripe of its own, made when it first counts something, so that counting needs no atomic step;
 * any thread may read, and sees each number a moment late.
 */
public final class MetricSet {

    /** Stands for each status that is of no class, from 600 on. */
    static final int UNKNOWN = 0;

    private static final int STATUSES = 600;

    private final MetricGroup group;
    private final String name;
    private final @Nullable AtomicLongArray[] stripes;
    private final Metric.Computing computing;

    /** Those of each loop, one loop after the other; made when they first count something. */
    private final @Nullable StatusCounts[] statuses;

    /**
     * @param name value of the group's label
     * @param loops how many event loops there are
     */
    public MetricSet(MetricGroup group, String name, int loops) {
        this(group, name, loops, metric -> -1);
    }

    /** Of a group that has some that are computed. */
    MetricSet(MetricGroup group, String name, int loops, Metric.Computing computing) {
        this.group = group;
        this.name = name;
        this.computing = computing;
        this.stripes = new AtomicLongArray[loops];
        this.statuses = new StatusCounts[loops * group.tables()];
    }

    /** The value of the group's label. */
    public String name() {
        return name;
    }

    /** Adds one, on loop {@code loop}. */
    public void count(int loop, Metric.Counter counter) {
        add(loop, counter.slot, 1);
    }

    /** Adds {@code n}, on loop {@code loop}. */
    public void count(int loop, Metric.Counter counter, long n) {
        add(loop, counter.slot, n);
    }

    /** Adds {@code n}, which may be negative, on loop {@code loop}. */
    public void add(int loop, Metric.Gauge gauge, long n) {
        add(loop, gauge.slot, n);
    }

    /** Counts a response, on loop {@code loop}. */
    public void count(int loop, Metric.Classes classes, int status) {
        if (status >= 100 && status < 600) {
            add(loop, classes.slot + status / 100 - 1, 1);
        }
    }

    /** Counts a response by its status, on loop {@code loop}; those of no class as one. */
    public void count(int loop, Metric.Codes codes, int status) {
        if (status < 100) {
            return;
        }
        int place = loop * group.tables() + codes.table;
        StatusCounts counts = statuses[place];
        if (counts == null) {
            counts = new StatusCounts();
            statuses[place] = counts;
        }
        counts.count(status < STATUSES ? status : UNKNOWN);
    }

    /** Records a duration, on loop {@code loop}. */
    public void record(int loop, Metric.Histogram histogram, long millis) {
        AtomicLongArray stripe = stripe(loop);
        add(stripe, histogram.slotOf(millis), 1);
        add(stripe, histogram.sumSlot(), millis);
    }

    /** What all loops have counted so far. */
    public long value(Metric metric) {
        return sum(metric.slot);
    }

    /** Negative where it is not shown. */
    long computed(Metric.Computed metric) {
        return computing.compute(metric);
    }

    MetricGroup group() {
        return group;
    }

    long sum(int slot) {
        long sum = 0;
        for (AtomicLongArray stripe : stripes) {
            if (stripe != null) {
                sum += stripe.getOpaque(slot);
            }
        }
        return sum;
    }

    /** What all loops have counted so far, under each status and {@link #UNKNOWN}. */
    long[] sums(Metric.Codes codes) {
        long[] sums = new long[STATUSES];
        for (int i = codes.table; i < statuses.length; i += group.tables()) {
            StatusCounts counts = statuses[i];
            if (counts != null) {
                counts.addTo(sums);
            }
        }
        return sums;
    }

    private void add(int loop, int slot, long n) {
        add(stripe(loop), slot, n);
    }

    private static void add(AtomicLongArray stripe, int slot, long n) {
        stripe.setOpaque(slot, stripe.getPlain(slot) + n);
    }

    private AtomicLongArray stripe(int loop) {
        AtomicLongArray stripe = stripes[loop];
        if (stripe == null) {
            stripe = new AtomicLongArray(group.slots());
            stripes[loop] = stripe;
        }
        return stripe;
    }
}
