package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.BreakerGauge;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one priority of a cluster has and may have at once, all event loops together. Safe for use
 * by any thread; what other loops have may be a moment late, so that limits hold closely rather
 * than to the last one, as in Envoy.
 *
 * <p>The cluster's gauges hold what both priorities have together. What HIGH has is counted once
 * more by itself, and DEFAULT has the rest: a cluster without routes of priority HIGH counts once.
 */
final class Breaker {

    private final Cluster cluster;
    private final MetricSet metrics;
    private final boolean high;
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger pools = new AtomicInteger();

    Breaker(Cluster cluster, MetricSet metrics, boolean high) {
        this.cluster = cluster;
        this.metrics = metrics;
        this.high = high;
    }

    private BreakerSettings.Limits limits() {
        return cluster.settings().breakers().of(high);
    }

    /** What this priority has of what is counted for both. */
    private long has(Metric.Gauge both, Metric.Gauge ofHigh) {
        if (high) {
            return metrics.value(ofHigh);
        }
        return metrics.value(both) - (cluster.hasHigh() ? metrics.value(ofHigh) : 0);
    }

    private long connections() {
        return has(ClusterMetrics.CX_ACTIVE, ClusterMetrics.CX_ACTIVE_HIGH);
    }

    private long pending() {
        return has(ClusterMetrics.RQ_PENDING_ACTIVE, ClusterMetrics.RQ_PENDING_ACTIVE_HIGH);
    }

    private long requests() {
        return has(ClusterMetrics.RQ_ACTIVE, ClusterMetrics.RQ_ACTIVE_HIGH);
    }

    boolean takesConnection() {
        return connections() < limits().connections();
    }

    boolean takesPending() {
        return pending() < limits().pending();
    }

    /** Whether besides so many another may wait for the cluster's hosts to be known. */
    boolean takesWaiting(int waiting) {
        return waiting < limits().pending();
    }

    boolean takesRequest() {
        return requests() < limits().requests();
    }

    /** There are more connections, or fewer. On loop {@code loop}, as the two below. */
    void connections(int loop, int more) {
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, more);
        if (high) {
            metrics.add(loop, ClusterMetrics.CX_ACTIVE_HIGH, more);
        }
    }

    void pending(int loop, int more) {
        metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, more);
        if (high) {
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE_HIGH, more);
        }
    }

    void requests(int loop, int more) {
        metrics.add(loop, ClusterMetrics.RQ_ACTIVE, more);
        if (high) {
            metrics.add(loop, ClusterMetrics.RQ_ACTIVE_HIGH, more);
        }
    }

    /** Whether there may be another pool; {@link #poolGone} then tells when it is no more. */
    boolean takePool(int loop) {
        if (pools.incrementAndGet() <= limits().pools()) {
            return true;
        }
        pools.decrementAndGet();
        metrics.count(loop, ClusterMetrics.CX_POOL_OVERFLOW);
        return false;
    }

    void poolGone() {
        pools.decrementAndGet();
    }

    /** Whether another request may be a retry; {@link #retryOver} then tells when it is none. */
    boolean takeRetry() {
        if (retries.incrementAndGet() <= mostRetries()) {
            return true;
        }
        retries.decrementAndGet();
        return false;
    }

    void retryOver() {
        retries.decrementAndGet();
    }

    private long mostRetries() {
        BreakerSettings.Limits limits = limits();
        if (limits.retryBudget() < 0) {
            return limits.retries();
        }
        long running = requests() + pending();
        return Math.max(limits.leastRetries(), (long) (running * limits.retryBudget() / 100));
    }

    /** Negative where it is not shown. */
    long shown(BreakerGauge gauge) {
        BreakerSettings.Limits limits = limits();
        return switch (gauge) {
            case CX_OPEN -> open(connections(), limits.connections());
            case CX_POOL_OPEN -> open(pools.get(), limits.pools());
            case RQ_PENDING_OPEN -> open(pending(), limits.pending());
            case RQ_OPEN -> open(requests(), limits.requests());
            case RQ_RETRY_OPEN -> open(retries.get(), mostRetries());
            case REMAINING_CX -> remaining(connections(), limits.connections());
            case REMAINING_CX_POOLS -> remaining(pools.get(), limits.pools());
            case REMAINING_PENDING -> remaining(pending(), limits.pending());
            case REMAINING_RQ -> remaining(requests(), limits.requests());
            case REMAINING_RETRIES ->
                    remaining(retries.get(), limits.retryBudget() < 0 ? limits.retries() : 0);
        };
    }

    /** As in Envoy, what was never asked for is not open, even where there may be none. */
    private static long open(long has, long most) {
        return has > 0 && has >= most ? 1 : 0;
    }

    private long remaining(long has, long most) {
        return limits().tracksRemaining() ? Math.max(0, most - has) : -1;
    }
}
