package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What outlier detection knows of one host. The counts are safe for use by any thread; the rest is
 * under the lock of its {@link Outliers}.
 */
public final class Monitor {

    private final Outliers owner;
    final Member member;
    final AtomicInteger consecutive5xx = new AtomicInteger();
    final AtomicInteger consecutiveGateway = new AtomicInteger();
    final AtomicInteger consecutiveLocal = new AtomicInteger();

    /** Of answers, in this interval. */
    final Rate answers = new Rate();

    /** Of attempts to reach the host, in this interval; only where these count by themselves. */
    final Rate reached = new Rate();

    /** When it was ejected, by {@link System#nanoTime}; meaningless unless {@link #ejected}. */
    long ejectedNanos;

    long ejectionMillis;
    boolean ejected;

    /** Whether it was heard of from another. */
    boolean believed;

    /** How often it was ejected, less the intervals that it has been well since. */
    int ejectionsInRow;

    Monitor(Outliers owner, Member member) {
        this.owner = owner;
        this.member = member;
    }

    public boolean isOf(Outliers outliers) {
        return owner == outliers;
    }

    void forgetConsecutive() {
        consecutive5xx.set(0);
        consecutiveGateway.set(0);
        consecutiveLocal.set(0);
    }

    /** Successes among attempts. */
    static final class Rate {

        private final AtomicInteger total = new AtomicInteger();
        private final AtomicInteger good = new AtomicInteger();

        void count(boolean success) {
            total.incrementAndGet();
            if (success) {
                good.incrementAndGet();
            }
        }

        int total() {
            return total.get();
        }

        /** Percent of successes since the last call, or -1 where there were too few attempts. */
        double take(int enough) {
            int all = total.getAndSet(0);
            int successes = good.getAndSet(0);
            return all == 0 || all < enough ? -1 : 100.0 * Math.min(successes, all) / all;
        }
    }
}
