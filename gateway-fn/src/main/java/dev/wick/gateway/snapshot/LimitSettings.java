package dev.wick.gateway.snapshot;

/**
 * What a listener bears from its clients; a time of 0 is no bound where nothing else is said. See
 * {@code HttpLimits} of the model.
 *
 * @param maxHeaderOctets of names and values together
 * @param streamFlushMillis in which a client of HTTP/2 makes room for the rest of a complete answer
 * @param maxRequestsPerConnection 0: any number
 * @param maxStreamMillis where a route says nothing of it
 * @param drainMillis between the first GOAWAY and the last; 0: no time
 * @param delayedCloseMillis without progress of a connection that is to be closed; 0: it is closed
 *     as soon as all is written
 * @param hopLimit 0: any number
 */
public record LimitSettings(
        int maxHeaderOctets,
        int maxHeaders,
        long requestHeadersMillis,
        long requestMillis,
        long idleMillis,
        long streamIdleMillis,
        long streamFlushMillis,
        long maxConnectionMillis,
        int maxRequestsPerConnection,
        long maxStreamMillis,
        long drainMillis,
        long delayedCloseMillis,
        int hopLimit) {

    /** Envoy's defaults. */
    public static final LimitSettings DEFAULT =
            new LimitSettings(
                    60 * 1024, 100, 0, 0, 3_600_000, 300_000, 300_000, 0, 0, 0, 5_000, 1_000, 0);
}
