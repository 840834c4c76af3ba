package dev.wick.gateway.overload;

import dev.wick.gateway.observe.ConcurrencyMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Envoy's gradient controller: how many requests may run at once, found by what they take.
 *
 * <p>From time to time few are let through, and what those take is the best that there is. Else the
 * limit follows, window by window, from how much longer requests take than that: it is multiplied
 * by the best latency over the present one, 0.5 to 2, and the root of that is added, so that it
 * grows as long as growing does no harm.
 *
 * <p>Shared by all loops; a request takes no lock. There is no timer: what is due is done by the
 * next request, for a window without one changes nothing. Whoever comes first does it, one at a
 * time.
 */
public final class GradientController {

    /** Windows in a row at the least limit, after which the best latency is not believed. */
    private static final int LOW_WINDOWS = 5;

    private static final int NANOS = 1_000;
    private static final int THOUSANDTHS = 1_000;

    private final GradientSettings settings;
    private final MetricSet metrics;
    private final RandomGenerator random;
    private final int loops;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger measured = new AtomicInteger();
    private final AtomicBoolean updating = new AtomicBoolean();

    private volatile int limit;

    /**
     * The limit to which it returns when the best latency is known; 0: that is not measured now.
     */
    private volatile int deferred;

    private volatile long epochNanos;

    /** When something is due; while measuring, nothing is. */
    private volatile long dueNanos;

    private volatile Latencies latencies;

    // What follows is of whoever updates.
    private long updateNanos;
    private long measureNanos;
    private long bestMicros;
    private int lowWindows;

    /** The numbers as they were told last, at {@link ConcurrencyMetrics#place}. */
    private final long[] told = new long[ConcurrencyMetrics.gauges()];

    /**
     * @param metrics of {@link ConcurrencyMetrics#GROUP}
     * @param nowNanos of {@link System#nanoTime}, as are all that follow
     */
    public GradientController(
            GradientSettings settings,
            MetricSet metrics,
            int loops,
            RandomGenerator random,
            long nowNanos) {
        this.settings = settings;
        this.metrics = metrics;
        this.loops = loops;
        this.random = random;
        this.latencies = new Latencies(loops);
        this.limit = settings.least();
        this.epochNanos = nowNanos;
        this.bestMicros = settings.fixedMicros();
        this.updateNanos = nowNanos + settings.updateNanos();
        // The first request finds it due that the best latency is measured.
        this.measureNanos = nowNanos;
        this.dueNanos = nowNanos;
    }

    public GradientSettings settings() {
        return settings;
    }

    /** How many may run at once now. */
    int limit() {
        return limit;
    }

    /** Whether a request may run; it is counted then, until one of the next two. */
    public boolean admits(int loop, long nowNanos) {
        if (deferred == 0 && nowNanos - dueNanos >= 0) {
            update(loop, nowNanos);
        }
        if (running.get() < limit) {
            running.incrementAndGet();
            return true;
        }
        metrics.count(loop, ConcurrencyMetrics.RQ_BLOCKED);
        return false;
    }

    /** A request has its answer. */
    public void answered(int loop, long startNanos, long nowNanos) {
        running.decrementAndGet();
        if (startNanos - epochNanos < 0) {
            // It began before the others that are measured.
            return;
        }
        latencies.add(loop, (nowNanos - startNanos) / NANOS);
        if (deferred > 0 && measured.incrementAndGet() >= settings.requestCount()) {
            endMeasuring(loop, nowNanos);
        }
    }

    /** A request has ended whose latency says nothing. */
    public void abandoned() {
        running.decrementAndGet();
    }

    /** Does what is due, unless another loop has done it since this one saw that. */
    void update(int loop, long nowNanos) {
        if (!updating.compareAndSet(false, true)) {
            return;
        }
        try {
            if (deferred != 0 || nowNanos - dueNanos < 0) {
                return;
            }
            tell(loop, ConcurrencyMetrics.CONCURRENCY_LIMIT, limit);
            if (nowNanos - updateNanos >= 0) {
                endWindow(loop, nowNanos);
            }
            if (settings.fixedMicros() == 0 && nowNanos - measureNanos >= 0) {
                beginMeasuring(loop, nowNanos);
            }
            due();
        } finally {
            updating.set(false);
        }
    }

    private void due() {
        boolean updateFirst = settings.fixedMicros() > 0 || updateNanos - measureNanos < 0;
        dueNanos = updateFirst ? updateNanos : measureNanos;
    }

    private void endWindow(int loop, long nowNanos) {
        updateNanos = nowNanos + settings.updateNanos();
        long micros = latencies.quantile(settings.quantile());
        if (micros < 0) {
            return;
        }
        latencies = new Latencies(loops);
        tell(loop, ConcurrencyMetrics.SAMPLE_RTT_MSECS, micros / NANOS);
        limit(loop, next(loop, Math.max(1, micros)));
        if (lowWindows >= LOW_WINDOWS) {
            measureNanos = nowNanos;
        }
    }

    private int next(int loop, long micros) {
        double best = bestMicros + bestMicros * settings.buffer();
        double gradient = Math.max(0.5, Math.min(2, best / micros));
        double slope = limit * gradient;
        double headroom = Math.sqrt(slope);
        tell(loop, ConcurrencyMetrics.GRADIENT, (long) (THOUSANDTHS * gradient));
        tell(loop, ConcurrencyMetrics.BURST_QUEUE_SIZE, (long) headroom);
        return Math.max(settings.least(), Math.min(settings.most(), (int) (slope + headroom)));
    }

    private void limit(int loop, int next) {
        boolean low = limit == settings.least() && next == settings.least();
        lowWindows = deferred == 0 && low ? lowWindows + 1 : 0;
        limit = next;
        tell(loop, ConcurrencyMetrics.CONCURRENCY_LIMIT, next);
    }

    private void beginMeasuring(int loop, long nowNanos) {
        epochNanos = nowNanos;
        measured.set(0);
        latencies = new Latencies(loops);
        deferred = limit;
        limit(loop, settings.least());
        tell(loop, ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE, 1);
    }

    private void endMeasuring(int loop, long nowNanos) {
        if (!updating.compareAndSet(false, true)) {
            // The next answer finds it still to be done.
            return;
        }
        try {
            if (deferred == 0) {
                return;
            }
            long micros = latencies.quantile(settings.quantile());
            latencies = new Latencies(loops);
            bestMicros = Math.max(1, micros);
            tell(loop, ConcurrencyMetrics.MIN_RTT_MSECS, bestMicros / NANOS);
            limit(loop, deferred);
            updateNanos = nowNanos + settings.updateNanos();
            measureNanos = nowNanos + settings.measureNanos() + jitter();
            due();
            tell(loop, ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE, 0);
            deferred = 0;
        } finally {
            updating.set(false);
        }
    }

    private long jitter() {
        long range = (long) Math.ceil(settings.measureNanos() * settings.jitter());
        return range == 0 ? 0 : random.nextLong(range);
    }

    /** Gauges are sums of what loops have added: tells by how much one is another. */
    private void tell(int loop, Metric.Gauge gauge, long value) {
        int place = ConcurrencyMetrics.place(gauge);
        metrics.add(loop, gauge, value - told[place]);
        told[place] = value;
    }
}
