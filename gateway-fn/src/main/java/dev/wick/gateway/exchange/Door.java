package dev.wick.gateway.exchange;

import dev.wick.gateway.live.Names;
import dev.wick.gateway.observe.AccessLog;
import dev.wick.gateway.observe.FinishedExchange;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.overload.GradientController;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.ConcurrencySettings;
import dev.wick.gateway.snapshot.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in: one filter chain of one listener, as its exchanges see it. Shared by all
 * loops; each uses its own share.
 */
public final class Door {

    final Names names;
    final String scheme;
    final VirtualClusterMetrics virtualClusters;
    private final MetricSet metrics;
    private final @Nullable AccessLog log;
    private final HttpSettings settings;
    private final @Nullable Overload overload;

    /** Null: any number of requests may run at once. */
    final @Nullable Concurrency concurrency;

    private final HttpDate[] dates;

    /**
     * @param names what is known of the chain's hosts
     * @param scheme {@code http} or {@code https}
     * @param metrics of {@link HttpMetrics#GROUP}
     * @param log null for none
     * @param loops how many event loops there are
     * @param settings how it treats HTTP
     * @param virtualClusters what is counted for virtual clusters
     * @param overload what is shed while memory runs short; null: nothing
     * @param concurrency how many requests may run at once; null: any number
     */
    public Door(
            Names names,
            String scheme,
            MetricSet metrics,
            @Nullable AccessLog log,
            int loops,
            HttpSettings settings,
            VirtualClusterMetrics virtualClusters,
            @Nullable Overload overload,
            @Nullable GradientController concurrency) {
        this.overload = overload;
        ConcurrencySettings rules = settings.policies().concurrency();
        this.concurrency =
                concurrency == null || rules == null
                        ? null
                        : Concurrency.of(concurrency, rules.status());
        this.virtualClusters = virtualClusters;
        this.names = names;
        this.scheme = scheme;
        this.metrics = metrics;
        this.log = log;
        this.settings = settings;
        this.dates = new HttpDate[loops];
        for (int i = 0; i < loops; i++) {
            dates[i] = new HttpDate();
        }
    }

    /** What is counted here; of {@link HttpMetrics#GROUP}. */
    public MetricSet metrics() {
        return metrics;
    }

    /** How HTTP is treated here. */
    public HttpSettings settings() {
        return settings;
    }

    /** What is shed while memory runs short; null: nothing. */
    public @Nullable Overload overload() {
        return overload;
    }

    String date(int loop) {
        return dates[loop].now();
    }

    void begun(int loop, boolean http2) {
        metrics.count(loop, HttpMetrics.RQ_TOTAL);
        metrics.count(loop, http2 ? HttpMetrics.RQ_HTTP2_TOTAL : HttpMetrics.RQ_HTTP1_TOTAL);
        metrics.add(loop, HttpMetrics.RQ_ACTIVE, 1);
    }

    /** The client gets an interim answer, which counts as one, as in Envoy. */
    public void informed(int loop, int status) {
        metrics.count(loop, HttpMetrics.RQ_COMPLETED);
        metrics.count(loop, HttpMetrics.RQ_XX, status);
    }

    void finished(int loop, FinishedExchange finished) {
        metrics.add(loop, HttpMetrics.RQ_ACTIVE, -1);
        if (finished.status != 0) {
            metrics.count(loop, HttpMetrics.RQ_COMPLETED);
            metrics.count(loop, HttpMetrics.RQ_XX, finished.status);
        }
        metrics.record(loop, HttpMetrics.RQ_TIME, finished.durationMillis);
        if (log != null) {
            log.append(loop, finished);
        }
    }
}
