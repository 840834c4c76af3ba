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
        Http1 http1, boolean proxy100Continue, Upgrades upgrades, HttpLimits limits) {

    /** What holds where a document says nothing. */
    public static final HttpProtocols DEFAULT =
            new HttpProtocols(Http1.DEFAULT, false, Upgrades.DEFAULT, HttpLimits.DEFAULT);

    /**
     * HTTP/1 with clients.
     *
     * @param acceptHttp10 default false: HTTP/1.0 is answered with 426
     * @param defaultHostForHttp10 the authority of HTTP/1.0 requests that name none; null: they are
     *     answered with 400
     * @param enableTrailers whether trailers are passed on, both ways; default false: they are
     *     dropped
     */
    public record Http1(
            boolean acceptHttp10, @Nullable String defaultHostForHttp10, boolean enableTrailers) {

        /** What holds where a document says nothing. */
        public static final Http1 DEFAULT = new Http1(false, null, false);
    }
}
