package dev.wick.gateway.balance;

/**
 * How a host that has just come, or come back, gets its share: less at first, more with time.
 *
 * @param windowNanos above 0
 * @param aggression above 0; 1: linear
 * @param minimumWeight the least share of its weight, 0 to 1
 */
public record SlowStart(long windowNanos, double aggression, double minimumWeight) {

    private static final double MILLI = 1_000_000;

    boolean isIn(Member member, long now) {
        return member.healthy() && now - member.healthySinceNanos() < windowNanos;
    }

    /** 0 to 1. */
    double factor(Member member, long now) {
        if (!isIn(member, now)) {
            return 1;
        }
        double passed = Math.max(MILLI, now - member.healthySinceNanos()) / windowNanos;
        double factor = aggression == 1 ? passed : Math.pow(passed, 1 / aggression);
        return Math.max(factor, minimumWeight);
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof SlowStart that
                && windowNanos == that.windowNanos
                && aggression == that.aggression
                && minimumWeight == that.minimumWeight;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(windowNanos);
    }
}
