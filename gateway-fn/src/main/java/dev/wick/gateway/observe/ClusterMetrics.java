package dev.wick.gateway.observe;

import dev.wick.gateway.observe.Metric.Classes;
import dev.wick.gateway.observe.Metric.Codes;
import dev.wick.gateway.observe.Metric.Counter;
import dev.wick.gateway.observe.Metric.Gauge;
import dev.wick.gateway.observe.Metric.Histogram;

/** What is counted for each cluster: Envoy's {@code cluster.<name>.*}. */
public final class ClusterMetrics {

    public static final MetricGroup GROUP = new MetricGroup("cluster", "envoy_cluster_name");

    public static final Counter CX_TOTAL = counter("upstream_cx_total", "Connections made");
    public static final Gauge CX_ACTIVE = gauge("upstream_cx_active", "Connections that are open");
    public static final Counter CX_HTTP1_TOTAL =
            counter("upstream_cx_http1_total", "HTTP/1.1 connections made");
    public static final Counter CX_HTTP2_TOTAL =
            counter("upstream_cx_http2_total", "HTTP/2 connections made");
    public static final Counter CX_CONNECT_FAIL =
            counter("upstream_cx_connect_fail", "Connection attempts that failed");
    public static final Counter CX_CONNECT_TIMEOUT =
            counter("upstream_cx_connect_timeout", "Connection attempts that took too long");
    public static final Histogram CX_CONNECT_MS =
            histogram("upstream_cx_connect_ms", "How long connecting took, in milliseconds");
    public static final Histogram CX_LENGTH_MS =
            histogram("upstream_cx_length_ms", "How long connections lived, in milliseconds");
    public static final Counter CX_DESTROY =
            counter("upstream_cx_destroy", "Connections that ended");
    public static final Counter CX_DESTROY_WITH_ACTIVE_RQ =
            counter("upstream_cx_destroy_with_active_rq", "Connections that ended in a request");
    public static final Counter CX_IDLE_TIMEOUT =
            counter("upstream_cx_idle_timeout", "Connections closed for being idle");
    public static final Counter CX_MAX_REQUESTS =
            counter("upstream_cx_max_requests", "Connections that carried as many as they may");
    public static final Counter CX_MAX_DURATION_REACHED =
            counter("upstream_cx_max_duration_reached", "Connections closed for their age");
    public static final Counter CX_CLOSE_NOTIFY =
            counter("upstream_cx_close_notify", "Connections whose host said that it will close");
    public static final Counter CX_PROTOCOL_ERROR =
            counter("upstream_cx_protocol_error", "Connections on which the answer was not HTTP");
    public static final Counter CX_NONE_HEALTHY =
            counter("upstream_cx_none_healthy", "Requests for which no host was healthy");
    public static final Counter CX_OVERFLOW =
            counter("upstream_cx_overflow", "Times that the connection limit was reached");
    public static final Counter CX_POOL_OVERFLOW =
            counter("upstream_cx_pool_overflow", "Times that the limit of pools was reached");
    public static final Counter CX_RX_BYTES =
            counter("upstream_cx_rx_bytes_total", "Bytes received from hosts");
    public static final Counter CX_TX_BYTES =
            counter("upstream_cx_tx_bytes_total", "Bytes sent to hosts");

    public static final Counter RQ_TOTAL = counter("upstream_rq_total", "Requests");
    public static final Gauge RQ_ACTIVE = gauge("upstream_rq_active", "Requests that are running");
    public static final Counter RQ_PENDING_TOTAL =
            counter("upstream_rq_pending_total", "Requests that waited for a connection");
    public static final Gauge RQ_PENDING_ACTIVE =
            gauge("upstream_rq_pending_active", "Requests that are waiting for a connection");
    public static final Counter RQ_ACTIVE_OVERFLOW =
            counter("upstream_rq_active_overflow", "Requests refused by the limit of running ones");
    public static final Counter RQ_MAX_DURATION_REACHED =
            counter("upstream_rq_max_duration_reached", "Requests that took too long");
    public static final Counter RQ_PENDING_OVERFLOW =
            counter("upstream_rq_pending_overflow", "Requests refused by a limit");
    public static final Counter RQ_PENDING_FAILURE_EJECT =
            counter(
                    "upstream_rq_pending_failure_eject",
                    "Waiting requests whose connection could not be made");
    public static final Counter RQ_CANCELLED =
            counter("upstream_rq_cancelled", "Requests given up before they had a connection");
    public static final Counter RQ_COMPLETED =
            counter("upstream_rq_completed", "Requests that were answered, if only from here");
    public static final Classes RQ_XX =
            GROUP.classes("upstream_rq_xx", "The same, by class of the answer");
    public static final Codes RQ_CODES = GROUP.codes("upstream_rq", "The same, by status");
    public static final Counter RQ_TIMEOUT =
            counter("upstream_rq_timeout", "Requests that met the route timeout");
    public static final Counter RQ_RX_RESET =
            counter("upstream_rq_rx_reset", "Requests that the host reset");
    public static final Counter RQ_TX_RESET =
            counter("upstream_rq_tx_reset", "Requests that were reset from here");
    public static final Counter INTERNAL_REDIRECT_SUCCEEDED =
            counter("upstream_internal_redirect_succeeded_total", "Redirects followed here");
    public static final Counter INTERNAL_REDIRECT_FAILED =
            counter(
                    "upstream_internal_redirect_failed_total",
                    "Redirects that were to be followed here and could not be");
    public static final Counter RQ_RETRY =
            counter("upstream_rq_retry", "Requests that were sent again");
    public static final Counter RQ_RETRY_SUCCESS =
            counter("upstream_rq_retry_success", "Retries that brought what needs no other");
    public static final Counter RQ_RETRY_OVERFLOW =
            counter("upstream_rq_retry_overflow", "Retries refused by a limit");
    public static final Counter RQ_RETRY_LIMIT_EXCEEDED =
            counter("upstream_rq_retry_limit_exceeded", "Requests whose retries were used up");
    public static final Counter RQ_RETRY_BACKOFF_EXPONENTIAL =
            counter("upstream_rq_retry_backoff_exponential", "Retries after a back-off");
    public static final Counter RQ_RETRY_BACKOFF_RATELIMITED =
            counter(
                    "upstream_rq_retry_backoff_ratelimited",
                    "Retries after as long as the answer asked for");
    public static final Counter RETRY_RQ_COMPLETED =
            counter(
                    "retry.upstream_rq_completed",
                    "Answers in the place of which there was a retry");
    public static final Classes RETRY_RQ_XX =
            GROUP.classes("retry.upstream_rq_xx", "The same, by class");
    public static final Codes RETRY_RQ_CODES =
            GROUP.codes("retry.upstream_rq", "The same, by status");
    public static final Counter RETRY_OR_SHADOW_ABANDONED =
            counter("retry_or_shadow_abandoned", "Requests too long to be sent again");
    public static final Counter RQ_PER_TRY_TIMEOUT =
            counter("upstream_rq_per_try_timeout", "Tries that took too long");
    public static final Counter RQ_PER_TRY_IDLE_TIMEOUT =
            counter(
                    "upstream_rq_per_try_idle_timeout",
                    "Tries in which nothing moved for too long");
    public static final Histogram RQ_TIME =
            histogram("upstream_rq_time", "How long hosts took to answer, in milliseconds");
    public static final Gauge HTTP2_STREAMS_ACTIVE =
            gauge("http2.streams_active", "HTTP/2 streams that are open");
    public static final Counter HTTP2_RX_RESET =
            counter("http2.rx_reset", "HTTP/2 streams that hosts reset");
    public static final Counter HTTP2_TX_RESET =
            counter("http2.tx_reset", "HTTP/2 streams that were reset from here");
    public static final Counter HTTP2_RX_MESSAGING_ERROR =
            counter("http2.rx_messaging_error", "HTTP/2 answers that are none");
    public static final Counter HTTP2_TRAILERS =
            counter("http2.trailers", "Trailers that came by HTTP/2");
    public static final Counter HTTP2_STREAM_REFUSED =
            counter("http2.stream_refused_errors", "HTTP/2 streams that hosts refused");
    public static final Counter HTTP2_KEEPALIVE_TIMEOUT =
            counter("http2.keepalive_timeout", "HTTP/2 connections that answered no PING");
    public static final Gauge MEMBERSHIP_TOTAL = gauge("membership_total", "Hosts");
    public static final Gauge MEMBERSHIP_HEALTHY = gauge("membership_healthy", "Healthy hosts");
    public static final Gauge MEMBERSHIP_DEGRADED = gauge("membership_degraded", "Degraded hosts");
    public static final Gauge MEMBERSHIP_EXCLUDED =
            gauge("membership_excluded", "Hosts that count for nothing yet");
    public static final Counter MEMBERSHIP_CHANGE =
            counter("membership_change", "Times that hosts came or went");
    public static final Counter UPDATE_ATTEMPT =
            counter("update_attempt", "Times that a name was looked up");
    public static final Counter UPDATE_SUCCESS =
            counter("update_success", "Times that a name had addresses");
    public static final Counter UPDATE_FAILURE =
            counter("update_failure", "Times that a name could not be looked up");
    public static final Counter UPDATE_NO_REBUILD =
            counter("update_no_rebuild", "Times that a name had the addresses it had before");
    public static final Counter LB_HEALTHY_PANIC =
            counter(
                    "lb_healthy_panic",
                    "Requests balanced among all hosts because too few were available");
    public static final Gauge LB_SUBSETS_ACTIVE = gauge("lb_subsets_active", "Subsets");
    public static final Counter LB_SUBSETS_SELECTED =
            counter("lb_subsets_selected", "Requests that went to a subset");
    public static final Counter LB_SUBSETS_FALLBACK =
            counter("lb_subsets_fallback", "Requests that went elsewhere for want of a subset");
    public static final Counter LB_SUBSETS_FALLBACK_PANIC =
            counter(
                    "lb_subsets_fallback_panic",
                    "Requests that went to any host as the fallback had none");

    public static final Gauge EJECTIONS_ACTIVE =
            gauge("outlier_detection.ejections_active", "Hosts that are ejected");
    public static final Counter EJECTIONS_ENFORCED_TOTAL =
            ejections("enforced_total", "Hosts ejected");
    public static final Counter EJECTIONS_OVERFLOW =
            ejections("overflow", "Ejections not made, for too many hosts were ejected");
    public static final Counter EJECTIONS_DETECTED_CONSECUTIVE_5XX =
            ejections("detected_consecutive_5xx", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_CONSECUTIVE_5XX =
            ejections("enforced_consecutive_5xx", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_CONSECUTIVE_GATEWAY_FAILURE =
            ejections("detected_consecutive_gateway_failure", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_CONSECUTIVE_GATEWAY_FAILURE =
            ejections("enforced_consecutive_gateway_failure", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_CONSECUTIVE_LOCAL_ORIGIN_FAILURE =
            ejections("detected_consecutive_local_origin_failure", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_CONSECUTIVE_LOCAL_ORIGIN_FAILURE =
            ejections("enforced_consecutive_local_origin_failure", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_SUCCESS_RATE =
            ejections("detected_success_rate", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_SUCCESS_RATE =
            ejections("enforced_success_rate", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_LOCAL_ORIGIN_SUCCESS_RATE =
            ejections("detected_local_origin_success_rate", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_LOCAL_ORIGIN_SUCCESS_RATE =
            ejections("enforced_local_origin_success_rate", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_FAILURE_PERCENTAGE =
            ejections("detected_failure_percentage", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_FAILURE_PERCENTAGE =
            ejections("enforced_failure_percentage", "Ejections made");
    public static final Counter EJECTIONS_DETECTED_LOCAL_ORIGIN_FAILURE_PERCENTAGE =
            ejections("detected_local_origin_failure_percentage", "Ejections due");
    public static final Counter EJECTIONS_ENFORCED_LOCAL_ORIGIN_FAILURE_PERCENTAGE =
            ejections("enforced_local_origin_failure_percentage", "Ejections made");

    public static final Counter HEALTH_CHECK_ATTEMPT = check("attempt", "Health checks made");
    public static final Counter HEALTH_CHECK_SUCCESS = check("success", "Checks that succeeded");
    public static final Counter HEALTH_CHECK_FAILURE = check("failure", "Checks that failed");
    public static final Counter HEALTH_CHECK_NETWORK_FAILURE =
            check("network_failure", "Checks that met no answer");
    public static final Counter HEALTH_CHECK_PASSIVE_FAILURE =
            check("passive_failure", "Answers to requests that said not to send more");
    public static final Gauge HEALTH_CHECK_HEALTHY =
            gauge("health_check.healthy", "Hosts whose checks succeed");

    /** The part of {@link #CX_ACTIVE} that is of the priority HIGH; not printed. */
    public static final Gauge CX_ACTIVE_HIGH = GROUP.part();

    /** The same of {@link #RQ_PENDING_ACTIVE}. */
    public static final Gauge RQ_PENDING_ACTIVE_HIGH = GROUP.part();

    /** The same of {@link #RQ_ACTIVE}. */
    public static final Gauge RQ_ACTIVE_HIGH = GROUP.part();

    static {
        BreakerGauge.addTo(GROUP);
    }

    private ClusterMetrics() {}

    /** The numbers of a cluster of which no breakers are shown. */
    public static MetricSet of(String cluster, int loops) {
        return new MetricSet(GROUP, cluster, loops);
    }

    /**
     * The numbers of a cluster.
     *
     * @param breakers says what {@link BreakerGauge} shows
     */
    public static MetricSet of(String cluster, int loops, Metric.Computing breakers) {
        return new MetricSet(GROUP, cluster, loops, breakers);
    }

    private static Counter counter(String name, String help) {
        return GROUP.counter(name, help);
    }

    private static Gauge gauge(String name, String help) {
        return GROUP.gauge(name, help);
    }

    private static Histogram histogram(String name, String help) {
        return GROUP.histogram(name, help);
    }

    private static Counter ejections(String name, String help) {
        return counter("outlier_detection.ejections_" + name, help);
    }

    private static Counter check(String name, String help) {
        return counter("health_check." + name, help);
    }
}
