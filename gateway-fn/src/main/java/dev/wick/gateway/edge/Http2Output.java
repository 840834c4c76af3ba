package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.http2.FrameWriter;
import dev.wick.gateway.http2.Outgoing;
import dev.wick.gateway.http2.WrittenFields;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on the streams of a client's HTTP/2 connection: heads and bodies, resets, and room
 * for more, flushed once a batch. Confined to the connection's loop.
 */
final class Http2Output implements Loop.Flushing {

    private static final int CONTINUE = 100;
    private static final Headers NO_HEADERS = new Headers();

    private final Channel channel;
    private final Loop loop;
    private final MetricSet metrics;
    private final Http2Handler handler;
    private final FrameWriter writer;
    private final Http2Guard guard;
    private final ChannelPromise kept;
    private final WrittenFields heads;
    private final ArrayList<Http2ServerStream> answered = new ArrayList<>();
    private boolean flushAsked;

    Http2Output(
            Channel channel,
            Loop loop,
            MetricSet metrics,
            Http2Handler handler,
            FrameWriter writer,
            Http2Guard guard) {
        this.channel = channel;
        this.loop = loop;
        this.metrics = metrics;
        this.handler = handler;
        this.writer = writer;
        this.guard = guard;
        this.heads = new WrittenFields(loop.workbench().texts());
        this.kept = channel.newPromise().setSuccess();
    }

    /** Whether the client makes room for more than what waits on the stream. */
    boolean writable(Http2Stream stream) {
        return handler.encoder().flowController().isWritable(stream);
    }

    /** Writes a head at once: what it is made of may change then. */
    void writeHead(Http2Stream stream, int status, Headers headers, boolean end) {
        writeHeaders(stream, heads.response(status, headers), end);
    }

    /** Says that the body of a request may come. */
    void writeContinue(Http2Stream stream) {
        writeHead(stream, CONTINUE, NO_HEADERS, false);
    }

    private void writeHeaders(Http2Stream stream, Http2Headers headers, boolean end) {
        if (stream.isResetSent()) {
            // By a fault of the client's, of which its exchange hears once the reset is written.
            return;
        }
        flushLater();
        guard.writing();
        // A head that is all of an answer must not end its stream before its exchange has.
        ChannelPromise promise = end ? channel.newPromise() : kept;
        handler.encoder().writeHeaders(handler.context(), stream.id(), headers, 0, end, promise);
    }

    /** For the end of an answer of which nobody needs to hear. */
    ChannelPromise kept() {
        return kept;
    }

    /** For the end of an answer that something is to follow. */
    ChannelPromise promise() {
        return channel.newPromise();
    }

    /** For what one stream sends behind its heads. */
    Outgoing outgoing() {
        return new Outgoing(handler, writer);
    }

    void write(Outgoing outgoing, ByteBuf data) {
        flushLater();
        metrics.count(loop.index(), HttpMetrics.CX_TX_BYTES, data.readableBytes());
        guard.dataSent();
        outgoing.body(data);
    }

    /**
     * Ends the answer of a stream.
     *
     * @param trailers null where there are none; the stream's own, which may have to wait
     * @param promise kept once all is written
     */
    void end(Outgoing outgoing, @Nullable Http2Headers trailers, ChannelPromise promise) {
        flushLater();
        if (trailers == null) {
            guard.dataSent();
        } else {
            guard.writing();
        }
        outgoing.end(handler.context(), trailers, promise);
    }

    /** The exchange has taken bytes of a stream: its window may open. */
    void consumed(Http2Stream stream, int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            if (handler.decoder().flowController().consumeBytes(stream, bytes)) {
                flushLater();
            }
        } catch (Http2Exception e) {
            handler.onError(handler.context(), true, e);
        }
    }

    void reset(Http2Stream stream, Http2Error why) {
        flushLater();
        handler.resetStream(handler.context(), stream.id(), why.code(), channel.newPromise());
    }

    /** The answer of a stream is complete: it hears when that was flushed. */
    void answered(Http2ServerStream stream) {
        flushLater();
        answered.add(stream);
    }

    private void flushLater() {
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    @Override
    public void flush() {
        flushAsked = false;
        handler.flush(handler.context());
        for (int i = 0; i < answered.size(); i++) {
            answered.get(i).flushed();
        }
        answered.clear();
    }
}
