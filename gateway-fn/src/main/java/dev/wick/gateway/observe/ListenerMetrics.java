package dev.wick.gateway.observe;

import dev.wick.gateway.observe.Metric.Counter;
import dev.wick.gateway.observe.Metric.Gauge;
import dev.wick.gateway.observe.Metric.Histogram;

/** What is counted for each open port: Envoy's {@code listener.<address>.*}. */
public final class ListenerMetrics {

    public static final MetricGroup GROUP = new MetricGroup("listener", "envoy_listener_address");

    public static final Counter CX_TOTAL =
            GROUP.counter("downstream_cx_total", "Connections accepted");
    public static final Gauge CX_ACTIVE =
            GROUP.gauge("downstream_cx_active", "Connections that are open");
    public static final Counter CX_DESTROY =
            GROUP.counter("downstream_cx_destroy", "Connections that ended");
    public static final Histogram CX_LENGTH_MS =
            GROUP.histogram(
                    "downstream_cx_length_ms", "How long connections lived, in milliseconds");
    public static final Counter NO_FILTER_CHAIN_MATCH =
            GROUP.counter("no_filter_chain_match", "Connections that no filter chain takes");

    public static final Counter CX_OVERFLOW =
            GROUP.counter("downstream_cx_overflow", "Connections closed for there were too many");
    public static final Counter GLOBAL_CX_OVERFLOW =
            GROUP.counter(
                    "downstream_global_cx_overflow",
                    "Connections closed for the process had too many");
    public static final Gauge PRE_CX_ACTIVE =
            GROUP.gauge("downstream_pre_cx_active", "Connections that have to tell more first");
    public static final Counter PRE_CX_TIMEOUT =
            GROUP.counter("downstream_pre_cx_timeout", "Connections that took too long to tell it");

    private ListenerMetrics() {}

    /** The numbers of an address, as {@code 0.0.0.0_8080}. */
    public static MetricSet of(String address, int loops) {
        return new MetricSet(GROUP, address, loops);
    }
}
