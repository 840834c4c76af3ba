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
 */
record LocalReply(int status, String body, @Nullable ResponseFlag flag) {

    static final LocalReply NO_ROUTE = new LocalReply(404, "", ResponseFlag.NO_ROUTE_FOUND);

    /** A target that is no path, as in {@code OPTIONS *}. */
    static final LocalReply NO_PATH = new LocalReply(404, "", null);

    /** An upgrade that no route allows. */
    static final LocalReply UPGRADE = new LocalReply(403, "", null);

    static final LocalReply UNAVAILABLE =
            new LocalReply(
                    503, "configuration_unavailable", ResponseFlag.CONFIGURATION_UNAVAILABLE);

    static final LocalReply ROUTE_TIMEOUT =
            new LocalReply(504, "upstream request timeout", ResponseFlag.UPSTREAM_REQUEST_TIMEOUT);

    /** Nothing moved, and it was the client's turn. */
    static final LocalReply IDLE_CLIENT =
            new LocalReply(408, "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT);

    /** Nothing moved, and it was the host's turn. */
    static final LocalReply IDLE_HOST =
            new LocalReply(504, "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT);

    private static final String RESET =
            "upstream connect error or disconnect/reset before headers. reset reason: ";

    private static final LocalReply NO_HEALTHY_UPSTREAM =
            new LocalReply(503, "no healthy upstream", ResponseFlag.NO_HEALTHY_UPSTREAM);
    private static final LocalReply CONNECT_FAILURE =
            new LocalReply(
                    503,
                    RESET + "remote connection failure",
                    ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
    private static final LocalReply CONNECT_TIMEOUT =
            new LocalReply(
                    503, RESET + "connection timeout", ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
    private static final LocalReply CONNECTION_TERMINATION =
            new LocalReply(
                    503,
                    RESET + "connection termination",
                    ResponseFlag.UPSTREAM_CONNECTION_TERMINATION);
    private static final LocalReply REMOTE_RESET =
            new LocalReply(503, RESET + "remote reset", ResponseFlag.UPSTREAM_REMOTE_RESET);
    private static final LocalReply PROTOCOL_ERROR =
            new LocalReply(502, RESET + "protocol error", ResponseFlag.UPSTREAM_PROTOCOL_ERROR);
    private static final LocalReply OVERFLOW =
            new LocalReply(503, RESET + "overflow", ResponseFlag.UPSTREAM_OVERFLOW);

    /** What Envoy answers where a request failed before the head of its response. */
    static LocalReply of(UpstreamFailure failure) {
        return switch (failure) {
            case NO_HEALTHY_UPSTREAM -> NO_HEALTHY_UPSTREAM;
            case CONNECT_FAILURE -> CONNECT_FAILURE;
            case CONNECT_TIMEOUT -> CONNECT_TIMEOUT;
            case CONNECTION_TERMINATION -> CONNECTION_TERMINATION;
            case REMOTE_RESET -> REMOTE_RESET;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case OVERFLOW -> OVERFLOW;
        };
    }
}
