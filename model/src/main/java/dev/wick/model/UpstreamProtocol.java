package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's hosts are spoken to, and how long a connection to them is used: Envoy's
 * HttpProtocolOptions. Without either of the last two, HTTP/1.1 is spoken.
 *
 * @param explicit the protocol that is always spoken, or null
 * @param downstream speak what the client spoke; null where it does not matter
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/upstreams/http/v3/http_protocol_options.proto">Envoy's
 *     HttpProtocolOptions</a>
 */
public record UpstreamProtocol(
        Common common,
        @Nullable Choice explicit,
        @Nullable Choice downstream,
        UpstreamConnections connections) {

    /** What holds where a document says nothing. */
    public static final UpstreamProtocol DEFAULT =
            new UpstreamProtocol(Common.DEFAULT, null, null, UpstreamConnections.DEFAULT);

    /**
     * Options of the protocols. Within {@link #explicit} exactly one is there, and is spoken.
     *
     * @param http1 null for none
     * @param http2 null for none
     */
    public record Choice(@Nullable Http1 http1, @Nullable Http2 http2) {}

    /**
     * What holds for connections of any protocol.
     *
     * @param idleTimeout after how long a connection with nothing to carry is closed; 0 for never;
     *     default 1 h
     * @param maxConnectionDuration after how long a connection takes no more requests and is closed
     *     when those that it has are over; 0, the default, for never
     * @param maxRequestsPerConnection after how many requests a connection is closed; 0, the
     *     default, for any number
     * @param maxStreamDuration how long a request may take from when it has a connection; 0, the
     *     default, for any time
     */
    public record Common(
            Duration idleTimeout,
            Duration maxConnectionDuration,
            int maxRequestsPerConnection,
            Duration maxStreamDuration) {

        /** Envoy's default. */
        public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);

        /** What holds where a document says nothing. */
        public static final Common DEFAULT =
                new Common(DEFAULT_IDLE_TIMEOUT, Duration.ZERO, 0, Duration.ZERO);
    }

    /**
     * HTTP/1.1.
     *
     * @param enableTrailers whether trailers are passed on in either direction; default false
     * @param headerKeyFormat how names are spelt in requests, and whether those of answers are
     *     kept; null: in lower case
     */
    public record Http1(boolean enableTrailers, @Nullable HeaderKeyFormat headerKeyFormat) {}

    /**
     * HTTP/2.
     *
     * @param maxConcurrentStreams how many requests one connection carries at once, where the host
     *     allows as many: 1-2147483647; default 1024
     * @param initialStreamWindowSize octets that a host may send of one answer before they are
     *     taken: 65535-2147483647; default 16 MiB
     * @param initialConnectionWindowSize the same for all answers of a connection; default 24 MiB
     * @param hpackTableSize octets of the dynamic table for the host's header fields: 0-65536;
     *     default 4096
     * @param connectionKeepalive null for none
     */
    public record Http2(
            int maxConcurrentStreams,
            int initialStreamWindowSize,
            int initialConnectionWindowSize,
            int hpackTableSize,
            @Nullable Keepalive connectionKeepalive) {

        public static final int DEFAULT_STREAMS = 1024;
        public static final int DEFAULT_STREAM_WINDOW = 16 * 1024 * 1024;
        public static final int DEFAULT_CONNECTION_WINDOW = 24 * 1024 * 1024;
        public static final int DEFAULT_TABLE = 4096;

        /** All of Envoy's defaults. */
        public static final Http2 DEFAULT =
                new Http2(
                        DEFAULT_STREAMS,
                        DEFAULT_STREAM_WINDOW,
                        DEFAULT_CONNECTION_WINDOW,
                        DEFAULT_TABLE,
                        null);
    }

    /**
     * PING frames by which a dead connection is found.
     *
     * @param interval between one and the next: 1 ms or more
     * @param timeout within which each must be answered, else the connection is closed
     */
    public record Keepalive(Duration interval, Duration timeout) {}
}
