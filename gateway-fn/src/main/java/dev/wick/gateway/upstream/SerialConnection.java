package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries one stream at a time, with octets and nothing else on it. Confined to
 * its loop.
 *
 * <p>In a tunnel each side's end is told to the other as an end of output; with the second the
 * connection is over.
 */
abstract class SerialConnection extends Connection implements Carrier {

    private @Nullable Stream stream;
    private boolean inputEnded;
    private boolean reading = true;

    SerialConnection(Pool pool, ConnectionSettings settings) {
        super(pool, settings);
    }

    @Override
    ChannelHandler handler() {
        return this;
    }

    @Override
    public void channelActive(ChannelHandlerContext made) {
        introduce();
        connected();
    }

    /** What it carries. */
    final @Nullable Stream stream() {
        return stream;
    }

    @Override
    final boolean busy() {
        return stream != null;
    }

    final void attach(Stream next) {
        stream = next;
        count();
    }

    final void detach() {
        if (stream != null) {
            stream = null;
            pool.detached();
        }
    }

    /** Writes, and flushes at the end of the batch. Takes the bytes over. */
    final void write(ByteBuf bytes, ChannelHandlerContext out) {
        metrics.count(index, ClusterMetrics.CX_TX_BYTES, bytes.readableBytes());
        out.write(bytes, out.voidPromise());
        flushLater();
    }

    @Override
    public void flush() {
        super.flush();
        context().flush();
    }

    @Override
    public final void read(boolean on) {
        if (reading != on) {
            reading = on;
            channel().config().setAutoRead(on);
        }
    }

    @Override
    public final void abort() {
        if (stream != null) {
            detach();
            metrics.count(index, ClusterMetrics.RQ_TX_RESET);
            close();
        }
    }

    /** The client has sent all that it will: so is the host told, or the tunnel is over. */
    final void endTunnel() {
        Stream current = stream;
        if (current != null && inputEnded) {
            completeTunnel(current);
        } else {
            context()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) channel()).shutdownOutput());
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext from, Object event) {
        Stream current = stream;
        if (current == null) {
            return;
        }
        if (event instanceof ChannelInputShutdownEvent) {
            hostEnded(current);
        } else if (event instanceof ChannelOutputShutdownEvent && inputEnded) {
            // Nor does it take any more: it is gone, whatever the client has still to say.
            completeTunnel(current);
        }
    }

    /** The host has sent all that it will. */
    void hostEnded(Stream current) {
        inputEnded = true;
        if (current.ended()) {
            completeTunnel(current);
        } else {
            current.hostEnded();
        }
    }

    /** Both sides have ended: what the client sent last has still to go out. */
    final void completeTunnel(Stream current) {
        detach();
        rest();
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        current.complete(null);
    }

    @Override
    public final void channelRead(ChannelHandlerContext from, Object message) {
        loop.beginBatch();
        ByteBuf in = (ByteBuf) message;
        metrics.count(index, ClusterMetrics.CX_RX_BYTES, in.readableBytes());
        received(in);
    }

    /** Takes the bytes over. */
    abstract void received(ByteBuf in);

    @Override
    public final void channelReadComplete(ChannelHandlerContext from) {
        loop.endBatch();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext changed) {
        Stream current = stream;
        if (current != null && changed.channel().isWritable()) {
            current.unblock();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext closed) {
        ended();
        Stream current = stream;
        if (current == null) {
            pool.gone(this);
            return;
        }
        metrics.count(index, ClusterMetrics.CX_DESTROY_WITH_ACTIVE_RQ);
        detach();
        pool.gone(this);
        lost(current);
    }

    /** The connection has ended while it carried the stream. */
    abstract void lost(Stream current);
}
