package dev.wick.gateway.observe;

import dev.wick.gateway.observe.Metric.Classes;
import dev.wick.gateway.observe.Metric.Codes;
import dev.wick.gateway.observe.Metric.Counter;
import dev.wick.gateway.observe.Metric.Histogram;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is counted for each virtual cluster: Envoy's {@code vhost.<virtual host>.vcluster.<name>.*}.
 * Safe for use by any thread.
 */
public final class VirtualClusterMetrics {

    public static final MetricGroup GROUP =
            new MetricGroup("vhost", "envoy_virtual_host", "vcluster", "envoy_virtual_cluster");

    public static final Counter RQ_TOTAL =
            GROUP.counter("upstream_rq_total", "Requests, and each that was sent again");
    public static final Counter RQ_COMPLETED =
            GROUP.counter("upstream_rq_completed", "Requests that were answered");
    public static final Classes RQ_XX = GROUP.classes("upstream_rq_xx", "Answers, by class");
    public static final Codes RQ_CODES = GROUP.codes("upstream_rq", "The same, by status");
    public static final Counter RQ_TIMEOUT =
            GROUP.counter("upstream_rq_timeout", "Requests that met the route timeout");
    public static final Counter RQ_RETRY =
            GROUP.counter("upstream_rq_retry", "Requests that were sent again");
    public static final Counter RQ_RETRY_SUCCESS =
            GROUP.counter("upstream_rq_retry_success", "Retries that brought what needs no other");
    public static final Counter RQ_RETRY_OVERFLOW =
            GROUP.counter("upstream_rq_retry_overflow", "Retries refused by a limit");
    public static final Counter RQ_RETRY_LIMIT_EXCEEDED =
            GROUP.counter(
                    "upstream_rq_retry_limit_exceeded", "Requests whose retries were used up");
    public static final Histogram RQ_TIME =
            GROUP.histogram("upstream_rq_time", "How long hosts took to answer, in milliseconds");

    private final ConcurrentHashMap<String, MetricSet> sets = new ConcurrentHashMap<>();
    private final int loops;

    /**
     * @param loops how many event loops there are
     */
    public VirtualClusterMetrics(int loops) {
        this.loops = loops;
    }

    /** Those of {@code shop.vcluster.logins}; made when they are first asked for. */
    public MetricSet of(String key) {
        MetricSet known = sets.get(key);
        return known == null
                ? sets.computeIfAbsent(key, made -> new MetricSet(GROUP, made, loops))
                : known;
    }

    /** The virtual host is no more: nor is what was counted within it. */
    public void forget(String virtualHost) {
        String begin = virtualHost + ".vcluster.";
        sets.keySet().removeIf(key -> key.startsWith(begin));
    }

    /** All that were asked for. */
    public Collection<MetricSet> all() {
        return sets.values();
    }
}
