package dev.wick.gateway.observe;

import dev.wick.gateway.observe.Metric.Classes;
import dev.wick.gateway.observe.Metric.Counter;
import dev.wick.gateway.observe.Metric.Gauge;
import dev.wick.gateway.observe.Metric.Histogram;

/**
 * What is counted for each listener that speaks HTTP: Envoy's {@code http.<stat_prefix>.*}; the
 * prefix is the listener's name.
 */
public final class HttpMetrics {

    public static final MetricGroup GROUP =
            new MetricGroup("http", "envoy_http_conn_manager_prefix");

    public static final Counter CX_TOTAL = counter("downstream_cx_total", "Connections accepted");
    public static final Gauge CX_ACTIVE =
            gauge("downstream_cx_active", "Connections that are open");
    public static final Counter CX_HTTP1_TOTAL =
            counter("downstream_cx_http1_total", "HTTP/1 connections accepted");
    public static final Gauge CX_HTTP1_ACTIVE =
            gauge("downstream_cx_http1_active", "HTTP/1 connections that are open");
    public static final Counter CX_HTTP2_TOTAL =
            counter("downstream_cx_http2_total", "HTTP/2 connections accepted");
    public static final Gauge CX_HTTP2_ACTIVE =
            gauge("downstream_cx_http2_active", "HTTP/2 connections that are open");
    public static final Counter CX_DESTROY =
            counter("downstream_cx_destroy", "Connections that ended");
    public static final Counter CX_DESTROY_LOCAL =
            counter("downstream_cx_destroy_local", "Connections closed from here");
    public static final Counter CX_DESTROY_REMOTE =
            counter("downstream_cx_destroy_remote", "Connections closed by the client");
    public static final Counter CX_DESTROY_REMOTE_ACTIVE_RQ =
            counter(
                    "downstream_cx_destroy_remote_active_rq",
                    "Connections closed by the client in a request");
    public static final Counter CX_PROTOCOL_ERROR =
            counter("downstream_cx_protocol_error", "Connections on which something was not HTTP");
    public static final Counter CX_IDLE_TIMEOUT =
            counter("downstream_cx_idle_timeout", "Connections closed for being idle");
    public static final Counter CX_MAX_DURATION_REACHED =
            counter(
                    "downstream_cx_max_duration_reached",
                    "Connections that were open for too long");
    public static final Counter CX_MAX_REQUESTS_REACHED =
            counter(
                    "downstream_cx_max_requests_reached",
                    "Connections that had all the requests that they may");
    public static final Counter CX_DRAIN_CLOSE =
            counter("downstream_cx_drain_close", "Connections closed by draining");
    public static final Counter CX_DELAYED_CLOSE_TIMEOUT =
            counter(
                    "downstream_cx_delayed_close_timeout",
                    "Connections closed because their clients made no progress towards their end");
    public static final Counter CX_OVERLOAD_DISABLE_KEEPALIVE =
            counter(
                    "downstream_cx_overload_disable_keepalive",
                    "Connections ended because memory ran short");
    public static final Counter CX_RX_BYTES =
            counter("downstream_cx_rx_bytes_total", "Bytes received from clients");
    public static final Counter CX_TX_BYTES =
            counter("downstream_cx_tx_bytes_total", "Bytes sent to clients");
    public static final Histogram CX_LENGTH_MS =
            GROUP.histogram(
                    "downstream_cx_length_ms", "How long connections lived, in milliseconds");

    public static final Counter RQ_TOTAL = counter("downstream_rq_total", "Requests");
    public static final Counter RQ_HTTP1_TOTAL =
            counter("downstream_rq_http1_total", "HTTP/1 requests");
    public static final Counter RQ_HTTP2_TOTAL =
            counter("downstream_rq_http2_total", "HTTP/2 requests");
    public static final Gauge RQ_ACTIVE =
            gauge("downstream_rq_active", "Requests that are running");
    public static final Counter RQ_COMPLETED =
            counter("downstream_rq_completed", "Requests that were answered");
    public static final Classes RQ_XX = GROUP.classes("downstream_rq_xx", "Answers, by class");
    public static final Histogram RQ_TIME =
            GROUP.histogram("downstream_rq_time", "How long requests took, in milliseconds");
    public static final Counter RQ_RX_RESET =
            counter("downstream_rq_rx_reset", "Requests that the client reset");
    public static final Counter RQ_TX_RESET =
            counter("downstream_rq_tx_reset", "Requests that were reset from here");
    public static final Counter RQ_OVERLOAD_CLOSE =
            counter("downstream_rq_overload_close", "Requests shed because memory ran short");
    public static final Counter REDIRECT_BAD_LOCATION =
            redirect("bad_location", "their location is no absolute URL");
    public static final Counter REDIRECT_UNSAFE_SCHEME =
            redirect("unsafe_scheme", "their scheme is another");
    public static final Counter REDIRECT_TOO_MANY =
            redirect("too_many_redirects", "there were so many before");
    public static final Counter REDIRECT_NO_ROUTE =
            redirect("no_route", "no route takes what they lead to");
    public static final Counter REDIRECT_PREDICATE =
            redirect("predicate", "the route that they lead to may not be met");
    public static final Counter RQ_TOO_LARGE =
            counter("downstream_rq_too_large", "Requests whose headers were too large");
    public static final Counter RQ_FAILED_PATH_NORMALIZATION =
            counter("downstream_rq_failed_path_normalization", "Requests refused for their path");
    public static final Counter RQ_REDIRECTED_WITH_NORMALIZED_PATH =
            counter(
                    "downstream_rq_redirected_with_normalized_path",
                    "Requests redirected to what their path means");
    public static final Counter RQ_REJECTED_VIA_IP_DETECTION =
            counter(
                    "downstream_rq_rejected_via_ip_detection",
                    "Requests refused for not telling the client's address");
    public static final Counter RQ_MAX_DURATION_REACHED =
            counter(
                    "downstream_rq_max_duration_reached",
                    "Requests that lived for as long as they may");
    public static final Counter RQ_TIMEOUT =
            counter("downstream_rq_timeout", "Requests that took too long to come");
    public static final Counter RQ_HEADER_TIMEOUT =
            counter("downstream_rq_header_timeout", "Requests whose headers took too long to come");
    public static final Counter RQ_TOO_MANY_PREMATURE_RESETS =
            counter(
                    "downstream_rq_too_many_premature_resets",
                    "Connections closed for requests that were reset at once");
    public static final Counter RQ_IDLE_TIMEOUT =
            counter("downstream_rq_idle_timeout", "Requests in which nothing moved for too long");
    public static final Counter CX_UPGRADES_TOTAL =
            counter("downstream_cx_upgrades_total", "Upgrades let through");
    public static final Gauge CX_UPGRADES_ACTIVE =
            gauge("downstream_cx_upgrades_active", "Upgraded requests that are running");
    public static final Counter RQ_WS_ON_NON_WS_ROUTE =
            counter("downstream_rq_ws_on_non_ws_route", "Upgrades asked for where there are none");
    public static final Counter NO_ROUTE =
            counter("no_route", "Requests for which there was no route");
    public static final Counter NO_CLUSTER =
            counter("no_cluster", "Requests whose cluster is not known");
    public static final Counter RQ_DIRECT_RESPONSE =
            counter("rq_direct_response", "Requests answered by their route, redirects too");
    public static final Counter RQ_REDIRECT = counter("rq_redirect", "Nothing, as in Envoy");

    private HttpMetrics() {}

    /** The numbers of a listener. */
    public static MetricSet of(String prefix, int loops) {
        return new MetricSet(GROUP, prefix, loops);
    }

    private static Counter redirect(String why, String help) {
        return counter(
                "passthrough_internal_redirect_" + why,
                "Redirects passed to clients because " + help);
    }

    private static Counter counter(String name, String help) {
        return GROUP.counter(name, help);
    }

    private static Gauge gauge(String name, String help) {
        return GROUP.gauge(name, help);
    }
}
