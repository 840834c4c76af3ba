package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.HeadWriter;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.Headers;
import dev.wick.http.NameFormat;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a client's HTTP/1 connection: heads and bodies, flushed once a batch, and its
 * end. Confined to its loop.
 */
final class Http1Output implements Loop.Flushing {

    private static final ByteBuf CONTINUE =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer()
                            .writeBytes(
                                    "HTTP/1.1 100 Continue\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII))
                            .asReadOnly());

    private final Channel channel;
    private final Loop loop;
    private final MetricSet metrics;
    private final HeadWriter headWriter;
    private final BodyWriter bodyWriter = new BodyWriter();
    private final BodyWriter.Sink sink = this::send;
    private boolean flushAsked;

    Http1Output(Channel channel, Loop loop, MetricSet metrics, NameFormat names) {
        this.channel = channel;
        this.loop = loop;
        this.metrics = metrics;
        this.headWriter = new HeadWriter(loop.workbench(), names.properByItself());
    }

    /** 100: the client may send the body that it keeps back. */
    void goOn() {
        send(CONTINUE.duplicate());
    }

    void informational(ResponseHead head, boolean toHead) {
        BodyWriter none = new BodyWriter();
        send(headWriter.response(channel.alloc(), head, none, true, toHead, 1, true));
    }

    /**
     * The head of a response.
     *
     * @param keepAlive whether the connection is kept, as far as the request goes
     * @return false where it cannot be kept, for only its end will end the body
     */
    boolean head(
            ResponseHead head, boolean last, boolean toHead, int minorVersion, boolean keepAlive) {
        send(
                headWriter.response(
                        channel.alloc(), head, bodyWriter, last, toHead, minorVersion, keepAlive));
        return !bodyWriter.endsWithConnection();
    }

    /** The head behind which the connection is no longer HTTP. */
    void tunnel(ResponseHead head, int minorVersion) {
        send(headWriter.tunnel(channel.alloc(), head, bodyWriter, minorVersion));
    }

    /** Part of a body; false where that is more than its head declared. */
    boolean write(ByteBuf data) {
        return bodyWriter.write(data, channel.alloc(), sink);
    }

    /** Whether the client takes what is written as fast as it comes. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** The end of a body; false where that is less than its head declared. */
    boolean end(@Nullable Headers trailers) {
        return bodyWriter.end(trailers, sink);
    }

    private void send(ByteBuf bytes) {
        metrics.count(loop.index(), HttpMetrics.CX_TX_BYTES, bytes.readableBytes());
        channel.write(bytes, channel.voidPromise());
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    @Override
    public void flush() {
        flushAsked = false;
        channel.flush();
    }

    /** Nothing more will be written; the client may send on. */
    void shutdown() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }

    /**
     * Closes once all is written.
     *
     * @param silent whether the client has nothing on its way, which a close at once would answer
     *     with a reset
     * @param delayMillis for how long nothing may move towards that end; 0: any time until all is
     *     written, and none after that
     */
    void close(boolean silent, long delayMillis) {
        ChannelFuture flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (silent && flushed.isDone()) {
            channel.close();
        } else {
            DelayedClose.watch(channel, loop, metrics, delayMillis, flushed, silent);
        }
    }
}
