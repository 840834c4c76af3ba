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

    private ListenerMetrics() {}

    /** The numbers of an address, as {@code 0.0.0.0_8080}. */
    public static MetricSet of(String address, int loops) {
        return new MetricSet(GROUP, address, loops);
    }
}
