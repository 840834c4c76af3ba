package dev.wick.model.wire;

import dev.wick.model.HttpProtocols.Floods;
import dev.wick.model.HttpProtocols.Http2;
import java.util.function.Function;

/** The shape of how HTTP/2 is spoken with clients. */
final class ClientHttp2Shape {

    private static final int SMALLEST_WINDOW = 65_535;

    private ClientHttp2Shape() {}

    static Shape<Http2> http2() {
        ShapeBuilder<Http2> shape =
                new ShapeBuilder<>("ClientHttp2Options", "HTTP/2 with clients.");
        Slot<Long> streams =
                shape.optional(
                        "maxConcurrentStreams",
                        Types.whole(1L, Integer.MAX_VALUE),
                        Http2::maxConcurrentStreams,
                        Http2.DEFAULT.maxConcurrentStreams(),
                        "Requests at once on one connection.");
        Slot<Integer> streamWindow =
                shape.optional(
                        "initialStreamWindowSize",
                        Types.whole(SMALLEST_WINDOW, Integer.MAX_VALUE),
                        Http2::initialStreamWindowSize,
                        Http2.DEFAULT.initialStreamWindowSize(),
                        "Octets of one request that may be on their way.");
        Slot<Integer> connectionWindow =
                shape.optional(
                        "initialConnectionWindowSize",
                        Types.whole(SMALLEST_WINDOW, Integer.MAX_VALUE),
                        Http2::initialConnectionWindowSize,
                        Http2.DEFAULT.initialConnectionWindowSize(),
                        "Octets of all requests of a connection that may be on their way.");
        Slot<Boolean> allowConnect =
                shape.optional(
                        "allowConnect",
                        Types.truth(),
                        Http2::allowConnect,
                        false,
                        "Whether an upgrade may be asked for by CONNECT (RFC 8441).");
        Slot<Integer> outbound =
                most(shape, "maxOutboundFrames", Floods::maxOutboundFrames, "wait to be read");
        Slot<Integer> control =
                most(
                        shape,
                        "maxOutboundControlFrames",
                        Floods::maxOutboundControlFrames,
                        "of PING, SETTINGS and RST_STREAM wait to be read");
        Slot<Integer> empty =
                most(
                        shape,
                        "maxConsecutiveInboundFramesWithEmptyPayload",
                        Floods::maxConsecutiveInboundFramesWithEmptyPayload,
                        "in a row come without a payload");
        Slot<Integer> priority =
                most(
                        shape,
                        "maxInboundPriorityFramesPerStream",
                        Floods::maxInboundPriorityFramesPerStream,
                        "of PRIORITY come per request");
        Slot<Integer> window =
                most(
                        shape,
                        "maxInboundWindowUpdateFramesPerDataFrameSent",
                        Floods::maxInboundWindowUpdateFramesPerDataFrameSent,
                        "of WINDOW_UPDATE come per DATA sent");
        shape.emptyWhen(Http2.DEFAULT::equals);
        return shape.make(
                v ->
                        new Http2(
                                streams.of(v),
                                streamWindow.of(v),
                                connectionWindow.of(v),
                                allowConnect.of(v),
                                new Floods(
                                        outbound.of(v),
                                        control.of(v),
                                        empty.of(v),
                                        priority.of(v),
                                        window.of(v))));
    }

    private static Slot<Integer> most(
            ShapeBuilder<Http2> shape,
            String field,
            Function<Floods, Integer> value,
            String frames) {
        return shape.optional(
                field,
                Types.whole(1, Integer.MAX_VALUE),
                http2 -> value.apply(http2.floods()),
                value.apply(Floods.DEFAULT),
                "The connection is closed when more frames " + frames + ".");
    }
}
