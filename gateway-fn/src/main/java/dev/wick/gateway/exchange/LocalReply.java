package dev.wick.gateway.exchange;

import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the gateway gives by itself: Envoy's statuses, bodies and flags.
 *
 * @param status 400-599
 * @param body empty for none
 * @param flag null for none
 * @param details Envoy's {@code %RESPONSE_CODE_DETAILS%}; empty: unknown
 */
public record LocalReply(int status, String body, @Nullable ResponseFlag flag, String details) {

    static final LocalReply NO_ROUTE =
            new LocalReply(404, "", ResponseFlag.NO_ROUTE_FOUND, "route_not_found");

    /** A target that is no path, as in {@code OPTIONS *}. */
    static final LocalReply NO_PATH = new LocalReply(404, "", null, "missing_path_rejected");

    /** An upgrade that no route allows. */
    static final LocalReply UPGRADE = new LocalReply(403, "", null, "upgrade_failed");

    /** A header names no cluster that is there. */
    static LocalReply noCluster(int status) {
        return new LocalReply(status, "", ResponseFlag.NO_CLUSTER_FOUND, "cluster_not_found");
    }

    static final LocalReply UNAVAILABLE =
            new LocalReply(
                    503,
                    "configuration_unavailable",
                    ResponseFlag.CONFIGURATION_UNAVAILABLE,
                    "configuration_unavailable");

    /** It has passed more proxies than it may: it goes round in circles, most likely. */
    static final LocalReply TOO_MANY_HOPS =
            new LocalReply(508, "too many hops", null, "hop_limit_exceeded");

    /** Memory runs short here. */
    static final LocalReply OVERLOADED =
            new LocalReply(503, "envoy overloaded", ResponseFlag.OVERLOAD_MANAGER, "overload");

    static final LocalReply ROUTE_TIMEOUT =
            new LocalReply(
                    504,
                    "upstream request timeout",
                    ResponseFlag.UPSTREAM_REQUEST_TIMEOUT,
                    "response_timeout");

    /** The same, as the request wished for it. */
    static final LocalReply ROUTE_TIMEOUT_EMPTY =
            new LocalReply(204, "", ResponseFlag.UPSTREAM_REQUEST_TIMEOUT, ROUTE_TIMEOUT.details());

    /** It lived too long, and it was the client's turn. */
    static final LocalReply DURATION_CLIENT =
            new LocalReply(408, "downstream duration timeout", null, "max_duration_timeout");

    /** It lived too long, and it was the host's turn. */
    static final LocalReply DURATION_HOST =
            new LocalReply(504, "downstream duration timeout", null, "max_duration_timeout");

    /** A try took longer than its cluster, or the request, allows, and it was the client's turn. */
    private static final LocalReply CLUSTER_DURATION_CLIENT = clusterDuration(408);

    /** A try took longer than its cluster, or the request, allows, and it was the host's turn. */
    private static final LocalReply CLUSTER_DURATION_HOST = clusterDuration(504);

    private static LocalReply clusterDuration(int status) {
        return new LocalReply(
                status,
                "upstream max stream duration reached",
                ResponseFlag.UPSTREAM_MAX_STREAM_DURATION_REACHED,
                "upstream_max_stream_duration_reached");
    }

    /** The request's head took too long to come. */
    public static final LocalReply HEAD_TIMEOUT =
            new LocalReply(408, "request header timeout", null, "request_header_timeout");

    /** The request took too long to come. */
    public static final LocalReply REQUEST_TIMEOUT =
            new LocalReply(408, "request timeout", null, "request_overall_timeout");

    /** The last try took longer than one may. */
    private static final LocalReply PER_TRY_TIMEOUT =
            new LocalReply(504, ROUTE_TIMEOUT.body, ROUTE_TIMEOUT.flag, "upstream_per_try_timeout");

    /** Nothing moved in the last try. */
    private static final LocalReply PER_TRY_IDLE_TIMEOUT =
            new LocalReply(
                    504, ROUTE_TIMEOUT.body, ROUTE_TIMEOUT.flag, "upstream_per_try_idle_timeout");

    /** Nothing moved, and it was the client's turn. */
    static final LocalReply IDLE_CLIENT =
            new LocalReply(
                    408, "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT, "stream_idle_timeout");

    /** Nothing moved, and it was the host's turn. */
    static final LocalReply IDLE_HOST =
            new LocalReply(
                    504, "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT, "stream_idle_timeout");

    private static final String RESET =
            "upstream connect error or disconnect/reset before headers. reset reason: ";

    private static final String BEFORE = "upstream_reset_before_response_started";
    private static final String AFTER = "upstream_reset_after_response_started";

    private static final LocalReply NO_HEALTHY_UPSTREAM =
            new LocalReply(
                    503,
                    "no healthy upstream",
                    ResponseFlag.NO_HEALTHY_UPSTREAM,
                    "no_healthy_upstream");
    private static final LocalReply CONNECT_FAILURE =
            new LocalReply(
                    503,
                    RESET + "remote connection failure",
                    ResponseFlag.UPSTREAM_CONNECTION_FAILURE,
                    BEFORE + "{remote_connection_failure}");
    private static final LocalReply CONNECT_TIMEOUT =
            new LocalReply(
                    503,
                    RESET + "connection timeout",
                    ResponseFlag.UPSTREAM_CONNECTION_FAILURE,
                    BEFORE + "{connection_timeout}");
    private static final LocalReply CONNECTION_TERMINATION =
            new LocalReply(
                    503,
                    RESET + "connection termination",
                    ResponseFlag.UPSTREAM_CONNECTION_TERMINATION,
                    BEFORE + "{connection_termination}");
    private static final LocalReply REMOTE_RESET =
            new LocalReply(
                    503,
                    RESET + "remote reset",
                    ResponseFlag.UPSTREAM_REMOTE_RESET,
                    BEFORE + "{remote_reset}");
    private static final LocalReply REFUSED_STREAM =
            new LocalReply(
                    503,
                    RESET + "remote refused stream reset",
                    ResponseFlag.UPSTREAM_REMOTE_RESET,
                    BEFORE + "{remote_refused_stream_reset}");
    private static final LocalReply PROTOCOL_ERROR =
            new LocalReply(
                    502,
                    RESET + "protocol error",
                    ResponseFlag.UPSTREAM_PROTOCOL_ERROR,
                    BEFORE + "{protocol_error}");
    private static final LocalReply OVERFLOW =
            new LocalReply(
                    503, RESET + "overflow", ResponseFlag.UPSTREAM_OVERFLOW, BEFORE + "{overflow}");

    /** A request's body is longer than what is kept of it, and no host is there to take it. */
    static final LocalReply REPLAY_OVERFLOW =
            new LocalReply(
                    507,
                    "exceeded request buffer limit while retrying upstream",
                    null,
                    "request_payload_exceeded_retry_buffer_limit");

    /** What Envoy says of it where the answer has begun, so that the client gets no other. */
    String detailsAfterHead() {
        return details.startsWith(BEFORE) ? AFTER + details.substring(BEFORE.length()) : details;
    }

    /** The same after more than one try. */
    LocalReply afterRetries() {
        return new LocalReply(
                status,
                body.replace("reset reason: ", "retried and the latest reset reason: "),
                flag,
                details);
    }

    /**
     * What Envoy answers where a bound of one try was reached.
     *
     * @param requestEnded whether it was the host's turn
     */
    static LocalReply of(Attempt.Limit limit, boolean requestEnded) {
        return switch (limit) {
            case WHOLE -> PER_TRY_TIMEOUT;
            case IDLE -> PER_TRY_IDLE_TIMEOUT;
            case LIFE -> requestEnded ? CLUSTER_DURATION_HOST : CLUSTER_DURATION_CLIENT;
        };
    }

    /** What Envoy answers where a request failed before the head of its response. */
    static LocalReply of(UpstreamFailure failure) {
        return switch (failure) {
            case NO_HEALTHY_UPSTREAM -> NO_HEALTHY_UPSTREAM;
            case CONNECT_FAILURE -> CONNECT_FAILURE;
            case CONNECT_TIMEOUT -> CONNECT_TIMEOUT;
            case CONNECTION_TERMINATION -> CONNECTION_TERMINATION;
            case REMOTE_RESET -> REMOTE_RESET;
            case REFUSED_STREAM -> REFUSED_STREAM;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case OVERFLOW -> OVERFLOW;
        };
    }
}
