package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a listener bears from its clients. Defaults are Envoy's; a duration of zero is no bound.
 *
 * @param maxRequestHeadersKb of names and values together, in KiB: 1-8192; default 60. More is
 *     answered with 431
 * @param maxHeadersCount 1-100000; default 100. More is answered with 431
 * @param requestHeadersTimeout from the first byte of a request to the end of its head; default
 *     zero. Answered with 408
 * @param requestTimeout from the first byte of a request to its end; default zero. Answered with
 *     408
 * @param idleTimeout how long a connection may be without a request; default 1 h
 * @param streamIdleTimeout how long nothing may move in a request or its answer; default 5 min.
 *     Answered with 408 or 504
 * @param streamFlushTimeout how long a client of HTTP/2 may take to make room for the rest of an
 *     answer that is complete here; null: as {@code streamIdleTimeout}
 * @param maxConnectionDuration after how long a connection takes no more requests and is closed
 *     when those that it has are over; default zero
 * @param maxRequestsPerConnection after how many requests a connection is closed; default 0, any
 *     number
 * @param maxStreamDuration how long a request may live, where its route says nothing of that;
 *     default zero. Answered with 408 or 504
 * @param drainTimeout between the first GOAWAY, which takes every request still, and the last;
 *     default 5 s; zero: no time
 * @param delayedCloseTimeout how long a connection that is to be closed may be without any progress
 *     of what was written to it, and then wait for its client to close it; default 1 s. Zero: it is
 *     closed when everything is written, however long that takes
 * @param hopLimit how many proxies a request may have passed; default 0, any number. More is
 *     answered with 508
 */
public record HttpLimits(
        int maxRequestHeadersKb,
        int maxHeadersCount,
        Duration requestHeadersTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration streamIdleTimeout,
        @Nullable Duration streamFlushTimeout,
        Duration maxConnectionDuration,
        int maxRequestsPerConnection,
        Duration maxStreamDuration,
        Duration drainTimeout,
        Duration delayedCloseTimeout,
        int hopLimit) {

    /** What holds where a document says nothing. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    60,
                    100,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofHours(1),
                    Duration.ofMinutes(5),
                    null,
                    Duration.ZERO,
                    0,
                    Duration.ZERO,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    0);
}
