package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;

/**
 * What goes out on the streams of a client's HTTP/2 connection: heads and bodies, resets, and room
 * for more, flushed once a batch. Confined to the connection's loop.
 */
final class Http2Output implements Loop.Flushing {

    private final Channel channel;
    private final Loop loop;
    private final MetricSet metrics;
    private final Http2Connection connection;
    private final Http2Handler handler;
    private final Http2Guard guard;
    private final ArrayList<Http2ServerStream> answered = new ArrayList<>();
    private boolean flushAsked;

    Http2Output(
            Channel channel,
            Loop loop,
            MetricSet metrics,
            Http2Connection connection,
            Http2Handler handler,
            Http2Guard guard) {
        this.channel = channel;
        this.loop = loop;
        this.metrics = metrics;
        this.connection = connection;
        this.handler = handler;
        this.guard = guard;
    }

    /** Whether the client makes room for more than what waits on the stream. */
    boolean writable(Http2Stream stream) {
        return connection.remote().flowController().isWritable(stream);
    }

    ChannelFuture writeHeaders(Http2Stream stream, Http2Headers headers, boolean end) {
        flushLater();
        guard.writing();
        ChannelPromise promise = channel.newPromise();
        return handler.encoder()
                .writeHeaders(handler.context(), stream.id(), headers, 0, end, promise);
    }

    ChannelFuture writeData(Http2Stream stream, ByteBuf data, boolean end) {
        flushLater();
        metrics.count(loop.index(), HttpMetrics.CX_TX_BYTES, data.readableBytes());
        guard.dataSent();
        ChannelPromise promise = channel.newPromise();
        return handler.encoder().writeData(handler.context(), stream.id(), data, 0, end, promise);
    }

    /** The exchange has taken bytes of a stream: its window may open. */
    void consumed(Http2Stream stream, int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            if (connection.local().flowController().consumeBytes(stream, bytes)) {
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
