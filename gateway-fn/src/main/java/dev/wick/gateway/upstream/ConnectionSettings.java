package dev.wick.gateway.upstream;

import dev.wick.http.NameFormat;

/**
 * How connections to a cluster's hosts are made and used.
 *
 * @param idleMillis after how long one with nothing to carry is closed; 0 for never
 * @param maxDurationMillis after how long one takes no more requests; 0 for never
 * @param maxRequests after how many requests one is closed; 0 for any number
 * @param maxStreamMillis how long a request may take from when it has a connection; 0 for any time
 * @param http1Trailers whether trailers are passed on to and from hosts that speak HTTP/1.1
 * @param names how names are spelt for hosts that speak HTTP/1.1
 * @param http2 for hosts that speak HTTP/2
 * @param socket how they are made
 */
public record ConnectionSettings(
        UpstreamHttp http,
        long idleMillis,
        long maxDurationMillis,
        int maxRequests,
        long maxStreamMillis,
        boolean http1Trailers,
        NameFormat names,
        Http2Limits http2,
        SocketSettings socket) {

    private static final long HOUR_MILLIS = 3_600_000;

    /** Envoy's defaults. */
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(
                    UpstreamHttp.HTTP1,
                    HOUR_MILLIS,
                    0,
                    0,
                    0,
                    false,
                    NameFormat.LOWER,
                    Http2Limits.DEFAULT,
                    SocketSettings.DEFAULT);

    /** How many requests an HTTP/2 connection takes at once, as long as its host says nothing. */
    int streamsOfOne() {
        return maxRequests > 0 ? Math.min(maxRequests, http2.streams()) : http2.streams();
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionSettings that
                && http == that.http
                && idleMillis == that.idleMillis
                && maxDurationMillis == that.maxDurationMillis
                && maxRequests == that.maxRequests
                && maxStreamMillis == that.maxStreamMillis
                && http1Trailers == that.http1Trailers
                && names.equals(that.names)
                && http2.equals(that.http2)
                && socket.equals(that.socket);
    }

    @Override
    public int hashCode() {
        return 31 * http.hashCode() + Long.hashCode(idleMillis) + maxRequests;
    }

    /**
     * Limits of an HTTP/2 connection.
     *
     * @param streams how many requests it carries at once, 1 or more
     * @param streamWindow octets, 65535 or more
     * @param connectionWindow octets, 65535 or more
     * @param tableSize octets of the host's dynamic table, 0 or more
     * @param pingMillis between one PING and the next; 0 for none
     * @param pingTimeoutMillis within which each must be answered
     */
    public record Http2Limits(
            int streams,
            int streamWindow,
            int connectionWindow,
            int tableSize,
            long pingMillis,
            long pingTimeoutMillis) {

        private static final int MIB = 1024 * 1024;

        /** Envoy's defaults. */
        public static final Http2Limits DEFAULT =
                new Http2Limits(1024, 16 * MIB, 24 * MIB, 4096, 0, 0);

        @Override
        public boolean equals(Object other) {
            return other instanceof Http2Limits that
                    && streams == that.streams
                    && streamWindow == that.streamWindow
                    && connectionWindow == that.connectionWindow
                    && tableSize == that.tableSize
                    && pingMillis == that.pingMillis
                    && pingTimeoutMillis == that.pingTimeoutMillis;
        }

        @Override
        public int hashCode() {
            return 31 * streams + streamWindow + connectionWindow;
        }
    }
}
