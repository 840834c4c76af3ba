package dev.wick.gateway.overload;

/**
 * How much of the Java heap is in use, without what the collector would free. Called by one thread
 * at a time.
 *
 * <p>What is used is known at any time and for next to nothing, but most of that may be garbage:
 * under a load that never ends, the serial collector lets it grow to the brim. So as long as even
 * that is less than anybody minds, it is the answer. Beyond, the heap is collected, and what is
 * left is the answer, until enough has been allocated since, or enough time has passed, for it to
 * be another. The collector would have come by itself a little later; while it works, nothing else
 * does, whichever thread asks (docs/decisions/0007).
 */
public final class HeapMonitor implements Monitor {

    /** The heap, as a test may have it otherwise. */
    interface Heap {

        /** Octets that it may have. */
        long most();

        /** Octets in use, garbage included. */
        long used();

        /** Frees what nobody uses; returns how many nanoseconds that took. */
        long collect();
    }

    /** What may be allocated after a collection, at most, before the next is worth it. */
    private static final double GROWTH = 0.1;

    private static final long LEAST_NANOS = 1_000_000_000;

    /** At most so much of the time is spent for collections that nothing but time asks for. */
    private static final long COST_FACTOR = 20;

    private final double minded;
    private final Heap heap;

    /** What the last collection left. */
    private long live;

    private boolean collected;
    private long collectedNanos;
    private long costNanos;

    /**
     * @param minded below this share, nobody minds
     */
    public HeapMonitor(double minded) {
        this(minded, new JavaHeap());
    }

    HeapMonitor(double minded, Heap heap) {
        this.minded = minded;
        this.heap = heap;
    }

    @Override
    public String name() {
        return "envoy.resource_monitors.fixed_heap";
    }

    @Override
    public double pressure(long nowNanos) {
        long most = heap.most();
        long used = heap.used();
        if (used < minded * most) {
            live = Math.min(live, used);
            return (double) used / most;
        }
        if (isWorthIt(used, most, nowNanos)) {
            costNanos = heap.collect();
            collectedNanos = nowNanos + costNanos;
            collected = true;
            live = heap.used();
        } else {
            // Somebody else had it collected.
            live = Math.min(live, used);
        }
        return (double) live / most;
    }

    private boolean isWorthIt(long used, long most, long nowNanos) {
        long wait = Math.max(LEAST_NANOS, COST_FACTOR * costNanos);
        // The nearer to the brim, the sooner it must be known what is left.
        double growth = Math.min(GROWTH * most, (most - live) / 2.0);
        return !collected || used - live >= growth || nowNanos - collectedNanos >= wait;
    }

    /** The heap of this process. */
    private static final class JavaHeap implements Heap {

        private final Runtime runtime = Runtime.getRuntime();
        private final long most = runtime.maxMemory();

        @Override
        public long most() {
            return most;
        }

        @Override
        public long used() {
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public long collect() {
            long start = System.nanoTime();
            runtime.gc();
            return System.nanoTime() - start;
        }
    }
}
