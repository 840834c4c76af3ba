package dev.wick.gateway.observe;

/**
 * One of the statistics that every member of a {@link MetricGroup} has: its name as Envoy spells
 * it, and where its numbers lie in a {@link MetricSet}. Immutable.
 */
public abstract sealed class Metric {

    final String name;
    final String help;
    final int slot;
    final int slots;

    private Metric(String name, String help, int slot, int slots) {
        this.name = name;
        this.help = help;
        this.slot = slot;
        this.slots = slots;
    }

    /** Only grows. */
    public static final class Counter extends Metric {
        Counter(String name, String help, int slot) {
            super(name, help, slot, 1);
        }
    }

    /** Goes up and down. */
    public static final class Gauge extends Metric {
        Gauge(String name, String help, int slot) {
            super(name, help, slot, 1);
        }
    }

    /** Responses by class, 1xx to 5xx: {@code name} ends in {@code _xx}. */
    public static final class Classes extends Metric {
        Classes(String name, String help, int slot) {
            super(name, help, slot, 5);
        }
    }

    /** Goes up and down, and is worked out when it is printed, by who knows. */
    public static final class Computed extends Metric {

        private final int index;

        Computed(String name, String help, int index) {
            super(name, help, 0, 0);
            this.index = index;
        }

        /** Its place among those of its group. */
        public int index() {
            return index;
        }
    }

    /** Who works out what is printed but not counted. Asked by any thread. */
    public interface Computing {

        /** Negative where it is not shown. */
        long compute(Computed metric);
    }

    /** Responses by status; those that never came are not there. */
    public static final class Codes extends Metric {

        /** Of the group's, counted from 0. */
        final int table;

        Codes(String name, String help, int slot, int table) {
            super(name, help, slot, 0);
            this.table = table;
        }
    }

    /** How milliseconds are distributed, in Envoy's buckets. */
    public static final class Histogram extends Metric {

        /**
         * Upper bounds in milliseconds, all but the last, which is infinite. The first holds what
         * took less than a millisecond.
         */
        static final double[] BOUNDS = {
            0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000,
            600_000, 1_800_000, 3_600_000
        };

        Histogram(String name, String help, int slot) {
            super(name, help, slot, BOUNDS.length + 2);
        }

        /** Where the sum lies. */
        int sumSlot() {
            return slot + BOUNDS.length + 1;
        }

        /** Where a reading is counted. */
        int slotOf(long millis) {
            int bucket = 0;
            while (bucket < BOUNDS.length && millis > BOUNDS[bucket]) {
                bucket++;
            }
            return slot + bucket;
        }
    }
}
