package dev.wick.model.wire;

import dev.wick.model.HttpLimits;
import dev.wick.model.HttpOptions;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a listener's limits: some stand by themselves, others among common options. */
final class LimitShapes {

    private static final int MOST_KB = 8_192;
    private static final int MOST_HEADERS = 100_000;
    private static final int MOST_HOPS = 1_000;

    /** Those of Envoy's common options. */
    record Common(
            int maxHeadersCount,
            Duration idleTimeout,
            Duration maxConnectionDuration,
            int maxRequestsPerConnection,
            Duration maxStreamDuration) {

        static final Common DEFAULT = of(HttpLimits.DEFAULT);

        static Common of(HttpLimits limits) {
            return new Common(
                    limits.maxHeadersCount(),
                    limits.idleTimeout(),
                    limits.maxConnectionDuration(),
                    limits.maxRequestsPerConnection(),
                    limits.maxStreamDuration());
        }
    }

    private final Slot<Common> common;
    private final Slot<Integer> headersKb;
    private final Slot<Duration> headersTimeout;
    private final Slot<Duration> requestTimeout;
    private final Slot<Duration> streamIdleTimeout;
    private final Slot<Duration> drainTimeout;
    private final Slot<@Nullable Duration> streamFlushTimeout;
    private final Slot<Duration> delayedCloseTimeout;
    private final Slot<Integer> hopLimit;

    /** Adds the fields. */
    LimitShapes(ShapeBuilder<HttpOptions> shape) {
        HttpLimits none = HttpLimits.DEFAULT;
        common =
                shape.optional(
                        "commonHttpProtocolOptions",
                        common(),
                        options -> Common.of(options.protocols().limits()),
                        Common.DEFAULT,
                        "What holds for connections of clients, whatever they speak.");
        headersKb =
                shape.optional(
                        "maxRequestHeadersKb",
                        Types.whole(1, MOST_KB),
                        options -> options.protocols().limits().maxRequestHeadersKb(),
                        none.maxRequestHeadersKb(),
                        "KiB that names and values of a request's headers may have; else 431.");
        headersTimeout =
                time(
                        shape,
                        "requestHeadersTimeout",
                        HttpLimits::requestHeadersTimeout,
                        "From the first byte of a request to the end of its headers; else 408. 0s: none.");
        requestTimeout =
                time(
                        shape,
                        "requestTimeout",
                        HttpLimits::requestTimeout,
                        "From the first byte of a request to its last; else 408. 0s: none.");
        streamIdleTimeout =
                time(
                        shape,
                        "streamIdleTimeout",
                        HttpLimits::streamIdleTimeout,
                        "How long nothing may move in a request or its answer. 0s: for ever.");
        drainTimeout =
                time(
                        shape,
                        "drainTimeout",
                        HttpLimits::drainTimeout,
                        "Between the first GOAWAY, which takes every request still, and the last.");
        streamFlushTimeout =
                shape.nullable(
                        "streamFlushTimeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        options -> options.protocols().limits().streamFlushTimeout(),
                        "How long a client of HTTP/2 may take to make room for the rest of an answer; by default streamIdleTimeout. 0s: for ever.",
                        "as streamIdleTimeout");
        delayedCloseTimeout =
                time(
                        shape,
                        "delayedCloseTimeout",
                        HttpLimits::delayedCloseTimeout,
                        "How long a connection that is to be closed may be without progress, and then wait for its client. 0s: until all is written.");
        hopLimit =
                shape.optional(
                        "hopLimit",
                        Types.whole(0, MOST_HOPS),
                        options -> options.protocols().limits().hopLimit(),
                        none.hopLimit(),
                        "How many proxies a request may have passed; else 508. 0: any number.");
    }

    private static Slot<Duration> time(
            ShapeBuilder<HttpOptions> shape,
            String field,
            Function<HttpLimits, Duration> value,
            String says) {
        return shape.optional(
                field,
                Types.duration(Duration.ZERO, Texts.LONGEST),
                options -> value.apply(options.protocols().limits()),
                value.apply(HttpLimits.DEFAULT),
                says);
    }

    HttpLimits of(@Nullable Object[] values) {
        Common shared = common.of(values);
        return new HttpLimits(
                headersKb.of(values),
                shared.maxHeadersCount(),
                headersTimeout.of(values),
                requestTimeout.of(values),
                shared.idleTimeout(),
                streamIdleTimeout.of(values),
                streamFlushTimeout.of(values),
                shared.maxConnectionDuration(),
                shared.maxRequestsPerConnection(),
                shared.maxStreamDuration(),
                drainTimeout.of(values),
                delayedCloseTimeout.of(values),
                hopLimit.of(values));
    }

    private static Shape<Common> common() {
        ShapeBuilder<Common> shape =
                new ShapeBuilder<>(
                        "ClientConnectionOptions",
                        "What holds for connections of clients, whatever they speak.");
        Slot<Duration> idle =
                shape.optional(
                        "idleTimeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        Common::idleTimeout,
                        Common.DEFAULT.idleTimeout(),
                        "How long a connection may be without a request. 0s: for ever.");
        Slot<Duration> age =
                shape.optional(
                        "maxConnectionDuration",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        Common::maxConnectionDuration,
                        Common.DEFAULT.maxConnectionDuration(),
                        "After how long a connection takes no more requests. 0s: never.");
        Slot<Integer> headers =
                shape.optional(
                        "maxHeadersCount",
                        Types.whole(1, MOST_HEADERS),
                        Common::maxHeadersCount,
                        Common.DEFAULT.maxHeadersCount(),
                        "How many headers a request may have; else 431.");
        Slot<Integer> requests =
                shape.optional(
                        "maxRequestsPerConnection",
                        Types.whole(0, Integer.MAX_VALUE),
                        Common::maxRequestsPerConnection,
                        Common.DEFAULT.maxRequestsPerConnection(),
                        "After how many requests a connection is closed. 0: any number.");
        Slot<Duration> stream =
                shape.optional(
                        "maxStreamDuration",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        Common::maxStreamDuration,
                        Common.DEFAULT.maxStreamDuration(),
                        "How long a request may live, where its route says nothing. 0s: for ever.");
        shape.emptyWhen(Common.DEFAULT::equals);
        return shape.make(
                v ->
                        new Common(
                                headers.of(v),
                                idle.of(v),
                                age.of(v),
                                requests.of(v),
                                stream.of(v)));
    }
}
