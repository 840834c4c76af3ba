package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.HeaderKeyFormat;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.check.UpstreamRules;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster that say how its hosts are spoken to. */
final class UpstreamProtocolShape {

    private static final int LEAST_WINDOW = 65_535;
    private static final int MOST_TABLE = 65_536;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private UpstreamProtocolShape() {}

    /** Adds them; what is returned makes the record of what was read. */
    static Function<@Nullable Object[], UpstreamProtocol> add(ShapeBuilder<Cluster> shape) {
        Slot<UpstreamProtocol.Common> common =
                shape.optional(
                        "commonHttpProtocolOptions",
                        common(),
                        cluster -> cluster.protocol().common(),
                        UpstreamProtocol.Common.DEFAULT,
                        "How long connections are used.");
        Shape<UpstreamProtocol.Http1> http1 = http1();
        Shape<UpstreamProtocol.Http2> http2 = http2();
        Slot<UpstreamProtocol.@Nullable Choice> explicit =
                shape.nullable(
                        "explicitHttpConfig",
                        explicit(http1, http2),
                        cluster -> cluster.protocol().explicit(),
                        "The protocol that the hosts are spoken to in. Without it, HTTP/1.1.");
        Slot<UpstreamProtocol.@Nullable Choice> downstream =
                shape.nullable(
                        "useDownstreamProtocolConfig",
                        downstream(http1, http2),
                        cluster -> cluster.protocol().downstream(),
                        "The hosts are spoken to in the protocol that the client speaks.");
        shape.atMostOne("explicitHttpConfig", "useDownstreamProtocolConfig");
        Function<@Nullable Object[], UpstreamConnections> connections =
                UpstreamConnectionShape.add(shape);
        return v -> {
            UpstreamConnections made = connections.apply(v);
            // The same object where nothing was said, for that is quick to tell.
            return common.of(v) == UpstreamProtocol.Common.DEFAULT
                            && explicit.of(v) == null
                            && downstream.of(v) == null
                            && made == UpstreamConnections.DEFAULT
                    ? UpstreamProtocol.DEFAULT
                    : new UpstreamProtocol(common.of(v), explicit.of(v), downstream.of(v), made);
        };
    }

    private static Shape<UpstreamProtocol.Common> common() {
        ShapeBuilder<UpstreamProtocol.Common> shape =
                new ShapeBuilder<>(
                        "CommonHttpProtocolOptions", "How long connections to hosts are used.");
        Slot<Duration> idle =
                shape.optional(
                        "idleTimeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        UpstreamProtocol.Common::idleTimeout,
                        UpstreamProtocol.Common.DEFAULT_IDLE_TIMEOUT,
                        "After how long a connection with nothing to carry is closed. 0s: never.");
        Slot<Duration> longest =
                shape.optional(
                        "maxConnectionDuration",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        UpstreamProtocol.Common::maxConnectionDuration,
                        Duration.ZERO,
                        "After how long a connection takes no more requests. 0s: never.");
        Slot<Integer> most =
                shape.optional(
                        "maxRequestsPerConnection",
                        Types.whole(0, Integer.MAX_VALUE),
                        UpstreamProtocol.Common::maxRequestsPerConnection,
                        0,
                        "After how many requests a connection is closed. 0: any number.");
        Slot<Duration> stream =
                shape.optional(
                        "maxStreamDuration",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        UpstreamProtocol.Common::maxStreamDuration,
                        Duration.ZERO,
                        "How long a request may take from when it has a connection. 0s: any time.");
        shape.emptyWhen(UpstreamProtocol.Common.DEFAULT::equals);
        return shape.make(
                v ->
                        new UpstreamProtocol.Common(
                                idle.of(v), longest.of(v), most.of(v), stream.of(v)));
    }

    private static Shape<UpstreamProtocol.Http1> http1() {
        ShapeBuilder<UpstreamProtocol.Http1> shape =
                new ShapeBuilder<>("Http1ProtocolOptions", "HTTP/1.1 to hosts.");
        Slot<Boolean> trailers =
                shape.optional(
                        "enableTrailers",
                        Types.truth(),
                        UpstreamProtocol.Http1::enableTrailers,
                        false,
                        "Whether trailers are passed on, in either direction.");
        Slot<@Nullable HeaderKeyFormat> format =
                HeaderKeyFormatShape.add(shape, UpstreamProtocol.Http1::headerKeyFormat);
        return shape.make(v -> new UpstreamProtocol.Http1(trailers.of(v), format.of(v)));
    }

    private static Shape<UpstreamProtocol.Http2> http2() {
        ShapeBuilder<UpstreamProtocol.Http2> shape =
                new ShapeBuilder<>("Http2ProtocolOptions", "HTTP/2 to hosts.");
        Slot<Integer> streams =
                shape.optional(
                        "maxConcurrentStreams",
                        Types.whole(1, Integer.MAX_VALUE),
                        UpstreamProtocol.Http2::maxConcurrentStreams,
                        UpstreamProtocol.Http2.DEFAULT_STREAMS,
                        "How many requests one connection carries at once, where the host allows as many.");
        Slot<Integer> streamWindow =
                shape.optional(
                        "initialStreamWindowSize",
                        Types.whole(LEAST_WINDOW, Integer.MAX_VALUE),
                        UpstreamProtocol.Http2::initialStreamWindowSize,
                        UpstreamProtocol.Http2.DEFAULT_STREAM_WINDOW,
                        "Octets that a host may send of one answer before they are taken.");
        Slot<Integer> connectionWindow =
                shape.optional(
                        "initialConnectionWindowSize",
                        Types.whole(LEAST_WINDOW, Integer.MAX_VALUE),
                        UpstreamProtocol.Http2::initialConnectionWindowSize,
                        UpstreamProtocol.Http2.DEFAULT_CONNECTION_WINDOW,
                        "Octets that a host may send of all answers of a connection before they are taken.");
        Slot<Integer> table =
                shape.optional(
                        "hpackTableSize",
                        Types.whole(0, MOST_TABLE),
                        UpstreamProtocol.Http2::hpackTableSize,
                        UpstreamProtocol.Http2.DEFAULT_TABLE,
                        "Octets of the dynamic table for header fields.");
        Slot<UpstreamProtocol.@Nullable Keepalive> keepalive =
                shape.nullable(
                        "connectionKeepalive",
                        keepalive(),
                        UpstreamProtocol.Http2::connectionKeepalive,
                        "PING frames by which a dead connection is found.");
        return shape.make(
                v ->
                        new UpstreamProtocol.Http2(
                                streams.of(v),
                                streamWindow.of(v),
                                connectionWindow.of(v),
                                table.of(v),
                                keepalive.of(v)));
    }

    private static Shape<UpstreamProtocol.Keepalive> keepalive() {
        ShapeBuilder<UpstreamProtocol.Keepalive> shape =
                new ShapeBuilder<>(
                        "ConnectionKeepalive", "PING frames by which a dead connection is found.");
        Slot<Duration> interval =
                shape.required(
                        "interval",
                        Types.duration(SHORTEST, Texts.LONGEST),
                        UpstreamProtocol.Keepalive::interval,
                        "Between one and the next.");
        Slot<Duration> timeout =
                shape.required(
                        "timeout",
                        Types.duration(SHORTEST, Texts.LONGEST),
                        UpstreamProtocol.Keepalive::timeout,
                        "Within which each must be answered, else the connection is closed.");
        return shape.make(v -> new UpstreamProtocol.Keepalive(interval.of(v), timeout.of(v)));
    }

    private static Shape<UpstreamProtocol.Choice> explicit(
            Shape<UpstreamProtocol.Http1> http1, Shape<UpstreamProtocol.Http2> http2) {
        ShapeBuilder<UpstreamProtocol.Choice> shape =
                new ShapeBuilder<>(
                        "ExplicitHttpConfig", "The one protocol that the hosts are spoken to in.");
        shape.rule(UpstreamRules::explicit);
        return choice(shape, http1, http2);
    }

    private static Shape<UpstreamProtocol.Choice> downstream(
            Shape<UpstreamProtocol.Http1> http1, Shape<UpstreamProtocol.Http2> http2) {
        ShapeBuilder<UpstreamProtocol.Choice> shape =
                new ShapeBuilder<>(
                        "UseDownstreamProtocolConfig",
                        "The hosts are spoken to in the protocol that the client speaks.");
        return choice(shape, http1, http2);
    }

    private static Shape<UpstreamProtocol.Choice> choice(
            ShapeBuilder<UpstreamProtocol.Choice> shape,
            Shape<UpstreamProtocol.Http1> http1,
            Shape<UpstreamProtocol.Http2> http2) {
        Slot<UpstreamProtocol.@Nullable Http1> one =
                shape.nullable(
                        "httpProtocolOptions", http1, UpstreamProtocol.Choice::http1, "HTTP/1.1.");
        Slot<UpstreamProtocol.@Nullable Http2> two =
                shape.nullable(
                        "http2ProtocolOptions",
                        http2,
                        UpstreamProtocol.Choice::http2,
                        "HTTP/2, by prior knowledge.");
        return shape.make(v -> new UpstreamProtocol.Choice(one.of(v), two.of(v)));
    }
}
