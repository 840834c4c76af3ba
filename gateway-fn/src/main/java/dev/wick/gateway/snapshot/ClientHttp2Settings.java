package dev.wick.gateway.snapshot;

/**
 * How HTTP/2 is spoken with clients. See {@code HttpProtocols.Http2} of the model.
 *
 * @param streamWindow octets of one request that may be on their way
 * @param connectionWindow the same of all requests of a connection
 */
public record ClientHttp2Settings(
        long maxConcurrentStreams,
        int streamWindow,
        int connectionWindow,
        boolean allowConnect,
        int maxOutboundFrames,
        int maxOutboundControlFrames,
        int maxEmptyFrames,
        int maxPriorityFramesPerStream,
        int maxWindowUpdatesPerDataFrame) {

    /** What holds where nothing is said. */
    public static final ClientHttp2Settings DEFAULT =
            new ClientHttp2Settings(
                    1_024, 64 * 1024, 1024 * 1024, false, 10_000, 1_000, 1, 100, 10);
}
