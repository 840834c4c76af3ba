package dev.wick.gateway.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.codec.Workbench;
import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client's side of a connection writes, as octets. */
class OutgoingTest {

    private static final int WINDOW = 65_535;

    private static final class Handler extends Http2ConnectionHandler {
        Handler(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder) {
            super(decoder, encoder, new Http2Settings());
        }
    }

    private final Gathered gathered = new Gathered();
    private final FrameWriter writer = FrameWriter.to(gathered);
    private final DefaultHttp2Connection connection = new DefaultHttp2Connection(false);
    private final Http2ConnectionEncoder encoder =
            new DefaultHttp2ConnectionEncoder(connection, writer);
    private final Handler handler =
            new Handler(
                    new DefaultHttp2ConnectionDecoder(
                            connection, encoder, new DefaultHttp2FrameReader()),
                    encoder);
    private final Outgoing outgoing = new Outgoing(handler, writer);
    private final WrittenFields fields = new WrittenFields(new Workbench().texts());
    private EmbeddedChannel channel;
    private ChannelHandlerContext context;
    private Http2Stream stream;

    @BeforeEach
    void open() {
        handler.decoder().frameListener(new io.netty.handler.codec.http2.Http2FrameAdapter());
        channel = new EmbeddedChannel(gathered, handler);
        context = channel.pipeline().context(handler);
        frames();
        Headers headers = new Headers();
        headers.add("a", "1");
        encoder.writeHeaders(context, 1, fields.trailers(headers), 0, false, channel.newPromise());
        stream = connection.stream(1);
        outgoing.begin(stream);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** What was flushed since, a frame a line: type, flags, stream and length. */
    private List<String> frames() {
        channel.flush();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound();
                piece != null;
                piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        List<String> frames = new ArrayList<>();
        if (all.readableBytes() >= 24 && all.getByte(0) == 'P') {
            all.skipBytes(24);
        }
        while (all.isReadable()) {
            int length = all.readMedium();
            frames.add(all.readByte() + " " + all.readByte() + " " + all.readInt() + " " + length);
            all.skipBytes(length);
        }
        return frames;
    }

    private ChannelPromise kept() {
        return channel.newPromise().setSuccess();
    }

    private static ByteBuf octets(int length) {
        return Unpooled.wrappedBuffer(new byte[length]);
    }

    @Test
    void theFramesOfABatchGoOutAsOnePiece() {
        outgoing.body(octets(5));
        outgoing.body(octets(6));
        ChannelPromise end = channel.newPromise();
        outgoing.end(context, null, end);
        assertFalse(end.isDone());
        assertEquals(1, gathered.waiting());
        handler.flush(context);
        ByteBuf piece = channel.readOutbound();
        assertEquals(9 + 5 + 9 + 11, piece.readableBytes());
        assertNull(channel.<ByteBuf>readOutbound());
        piece.release();
        assertTrue(end.isSuccess());
        assertEquals(0, gathered.waiting());
        assertEquals(Http2Stream.State.HALF_CLOSED_LOCAL, stream.state());
    }

    @Test
    void anEndWithoutABodyIsAnEmptyFrame() {
        frames();
        outgoing.end(context, null, kept());
        handler.flush(context);
        assertEquals(List.of("0 1 1 0"), frames());
    }

    @Test
    void anEndBehindABodyThatHasGoneIsAnEmptyFrame() {
        outgoing.body(octets(5));
        handler.flush(context);
        assertEquals(List.of("1 4 1 5", "0 0 1 5"), frames());
        outgoing.end(context, null, kept());
        handler.flush(context);
        assertEquals(List.of("0 1 1 0"), frames());
    }

    @Test
    void trailersWaitForTheBodyBeforeThemAndGoAtOnceWithoutOne() {
        frames();
        outgoing.body(octets(5));
        Headers trailers = new Headers();
        trailers.add("b", "2");
        outgoing.end(context, fields.trailers(trailers), kept());
        handler.flush(context);
        assertEquals(List.of("0 0 1 5", "1 5 1 5"), frames());
        assertEquals(Http2Stream.State.HALF_CLOSED_LOCAL, stream.state());
    }

    @Test
    void trailersOfAnEmptyBodyAreTheEnd() {
        frames();
        Headers trailers = new Headers();
        trailers.add("b", "2");
        outgoing.end(context, fields.trailers(trailers), kept());
        assertEquals(List.of("1 5 1 5"), frames());
    }

    @Test
    void moreThanTheWindowWaitsUntilThatOpens() throws Exception {
        frames();
        outgoing.body(octets(WINDOW));
        outgoing.body(octets(1_000));
        outgoing.body(octets(10));
        outgoing.end(context, null, kept());
        handler.flush(context);
        List<String> first = frames();
        assertEquals(List.of("0 0 1 16384", "0 0 1 16384", "0 0 1 16384", "0 0 1 16383"), first);
        encoder.flowController().incrementWindowSize(connection.connectionStream(), 5_000);
        encoder.flowController().incrementWindowSize(stream, 1_005);
        handler.flush(context);
        assertEquals(List.of("0 0 1 1005"), frames());
        encoder.flowController().incrementWindowSize(stream, 5);
        handler.flush(context);
        assertEquals(List.of("0 1 1 5"), frames());
    }

    @Test
    void aLargeLastPartEndsItsStream() {
        frames();
        outgoing.body(octets(5_000));
        outgoing.end(context, null, kept());
        handler.flush(context);
        assertEquals(List.of("0 1 1 5000"), frames());
        assertEquals(Http2Stream.State.HALF_CLOSED_LOCAL, stream.state());
    }

    @Test
    void whatWaitsGoesWithItsStream() {
        ByteBuf part = octets(WINDOW);
        ByteBuf rest = octets(10);
        outgoing.body(part);
        outgoing.body(rest);
        ChannelPromise end = channel.newPromise();
        outgoing.end(context, null, end);
        handler.flush(context);
        frames();
        assertEquals(1, rest.refCnt());
        stream.close();
        assertEquals(0, rest.refCnt());
        assertTrue(end.isDone() && !end.isSuccess());
        ByteBuf late = octets(3);
        outgoing.body(late);
        assertEquals(0, late.refCnt());
        assertEquals(List.of(), frames());
    }

    @Test
    void anotherStreamHasNothingOfTheOneBefore() {
        outgoing.body(octets(WINDOW + 1));
        handler.flush(context);
        frames();
        handler.resetStream(context, 1, Http2Error.CANCEL.code(), channel.newPromise());
        assertEquals(List.of("3 0 1 4"), frames());
        encoder.writeHeaders(
                context, 3, fields.trailers(new Headers()), 0, false, channel.newPromise());
        outgoing.begin(connection.stream(3));
        outgoing.end(context, null, kept());
        handler.flush(context);
        assertEquals(List.of("1 4 3 0", "0 1 3 0"), frames());
    }

    @Test
    void aHeadLongerThanAFrameIsContinued() {
        frames();
        Headers headers = new Headers();
        headers.add("a", "b".repeat(400));
        for (int i = 0; i < 60; i++) {
            headers.add("name-" + i, ("" + (char) ('!' + i)).repeat(500));
        }
        ChannelFuture written =
                encoder.writeHeaders(
                        context, 3, fields.trailers(headers), 0, false, channel.newPromise());
        List<String> frames = frames();
        assertEquals(2, frames.size());
        assertEquals("1 0 3 16384", frames.get(0));
        assertTrue(frames.get(1).startsWith("9 4 3 "), frames.get(1));
        assertTrue(written.isSuccess());
    }

    @Test
    void whatIsGatheredFailsWithItsConnection() {
        outgoing.body(octets(5));
        ChannelPromise end = channel.newPromise();
        outgoing.end(context, null, end);
        channel.close();
        ChannelFuture late =
                encoder.writeHeaders(
                        context, 1, fields.trailers(new Headers()), 0, true, channel.newPromise());
        channel.checkException();
        assertTrue(end.isDone());
        assertTrue(late.isDone() && !late.isSuccess());
    }
}
