package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * What a listener speaks with its clients.
 *
 * @param proxy100Continue whether {@code Expect: 100-continue} is left to the host, and its 1xx
 *     answers are passed on; default false: the gateway answers it and passes none on
 * @param upgrades which upgrades are let through where a route says nothing of them; none by
 *     default
 * @param limits what is borne from clients
 */
public record HttpProtocols(
        Http1 http1, Http2 http2, boolean proxy100Continue, Upgrades upgrades, HttpLimits limits) {

    /** What holds where a document says nothing. */
    public static final HttpProtocols DEFAULT =
            new HttpProtocols(
                    Http1.DEFAULT, Http2.DEFAULT, false, Upgrades.DEFAULT, HttpLimits.DEFAULT);

    /**
     * HTTP/1 with clients.
     *
     * @param acceptHttp10 default false: HTTP/1.0 is answered with 426
     * @param defaultHostForHttp10 the authority of HTTP/1.0 requests that name none; null: they are
     *     answered with 400
     * @param enableTrailers whether trailers are passed on, both ways; default false: they are
     *     dropped
     * @param headerKeyFormat how names are spelt in answers, and whether those of requests are
     *     kept; null: in lower case
     */
    public record Http1(
            boolean acceptHttp10,
            @Nullable String defaultHostForHttp10,
            boolean enableTrailers,
            @Nullable HeaderKeyFormat headerKeyFormat) {

        /** What holds where a document says nothing. */
        public static final Http1 DEFAULT = new Http1(false, null, false, null);
    }

    /**
     * HTTP/2 with clients.
     *
     * @param maxConcurrentStreams requests at once on one connection: 1-2147483647; default 1024
     * @param initialStreamWindowSize octets of one request that may be on their way before they are
     *     taken: 65535-2147483647; default 64 KiB, Envoy's advice for edges
     * @param initialConnectionWindowSize the same of all requests of a connection; default 1 MiB
     * @param allowConnect whether an upgrade may be asked for by CONNECT (RFC 8441); default false
     * @param floods what ends a connection
     */
    public record Http2(
            long maxConcurrentStreams,
            int initialStreamWindowSize,
            int initialConnectionWindowSize,
            boolean allowConnect,
            Floods floods) {

        /** What holds where a document says nothing. */
        public static final Http2 DEFAULT =
                new Http2(1_024, 64 * 1024, 1024 * 1024, false, Floods.DEFAULT);
    }

    /**
     * Beyond what a client's connection is closed: 1-2147483647 each.
     *
     * @param maxOutboundFrames frames that wait for it to read; default 10000
     * @param maxOutboundControlFrames the same of answers to PING and SETTINGS, and of resets;
     *     default 1000
     * @param maxConsecutiveInboundFramesWithEmptyPayload default 1
     * @param maxInboundPriorityFramesPerStream default 100
     * @param maxInboundWindowUpdateFramesPerDataFrameSent default 10
     */
    public record Floods(
            int maxOutboundFrames,
            int maxOutboundControlFrames,
            int maxConsecutiveInboundFramesWithEmptyPayload,
            int maxInboundPriorityFramesPerStream,
            int maxInboundWindowUpdateFramesPerDataFrameSent) {

        /** Envoy's defaults. */
        public static final Floods DEFAULT = new Floods(10_000, 1_000, 1, 100, 10);
    }
}
