package dev.wick.gateway.observe;

import dev.wick.gateway.observe.Metric.Counter;
import dev.wick.gateway.observe.Metric.Gauge;

/**
 * What is told of adaptive concurrency: Envoy's {@code
 * http.<stat_prefix>.adaptive_concurrency.gradient_controller.*}; the prefix is the listener's
 * name.
 */
public final class ConcurrencyMetrics {

    public static final MetricGroup GROUP =
            new MetricGroup("http", "envoy_http_conn_manager_prefix");

    private static final String PREFIX = "adaptive_concurrency.gradient_controller.";

    public static final Counter RQ_BLOCKED =
            GROUP.counter(PREFIX + "rq_blocked", "Requests refused for there were too many");
    public static final Gauge BURST_QUEUE_SIZE =
            gauge("burst_queue_size", "What is added to the limit so that it may grow");
    public static final Gauge CONCURRENCY_LIMIT =
            gauge("concurrency_limit", "How many requests may run at once");
    public static final Gauge GRADIENT =
            gauge("gradient", "What the limit was multiplied by, in thousandths");
    public static final Gauge MIN_RTT_CALCULATION_ACTIVE =
            gauge("min_rtt_calculation_active", "1 while the best latency is measured");
    public static final Gauge MIN_RTT_MSECS =
            gauge("min_rtt_msecs", "The best latency, in milliseconds");
    public static final Gauge SAMPLE_RTT_MSECS =
            gauge("sample_rtt_msecs", "The latency of the last window, in milliseconds");

    private static final Gauge[] GAUGES = {
        BURST_QUEUE_SIZE,
        CONCURRENCY_LIMIT,
        GRADIENT,
        MIN_RTT_CALCULATION_ACTIVE,
        MIN_RTT_MSECS,
        SAMPLE_RTT_MSECS
    };

    private ConcurrencyMetrics() {}

    /** How many gauges there are. */
    public static int gauges() {
        return GAUGES.length;
    }

    /** Where a gauge stands among them: 0 to {@link #gauges()} - 1. */
    public static int place(Gauge gauge) {
        for (int i = 0; i < GAUGES.length; i++) {
            if (GAUGES[i] == gauge) {
                return i;
            }
        }
        throw new IllegalArgumentException(gauge.name);
    }

    /** The numbers of a listener. */
    public static MetricSet of(String prefix, int loops) {
        return new MetricSet(GROUP, prefix, loops);
    }

    private static Gauge gauge(String name, String help) {
        return GROUP.gauge(PREFIX + name, help);
    }
}
