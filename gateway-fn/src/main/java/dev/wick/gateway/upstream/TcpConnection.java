package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection without HTTP: carries what is in one tunnel that ends at the gateway, as it is, and
 * answers its request with 200 once it stands. Confined to its loop.
 *
 * <p>Each side's end is told to the other as an end of output; with the second the connection is
 * over.
 */
final class TcpConnection extends Connection implements Carrier {

    private @Nullable Stream stream;
    private boolean carried;
    private boolean answered;
    private boolean hostEnded;
    private boolean reading = true;

    TcpConnection(Pool pool, ConnectionSettings settings) {
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

    @Override
    int room() {
        return !carried && !draining() && open() ? 1 : 0;
    }

    @Override
    boolean busy() {
        return stream != null;
    }

    @Override
    void carry(Stream next) {
        stream = next;
        carried = true;
        count();
        channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        PlainTcp tunnel = next.tunnel();
        if (tunnel != null && tunnel.proxyVersion() > 0) {
            send(next.proxied().header(tunnel.proxyVersion(), context().alloc()));
        }
        next.on(this);
        if (next.bodyless()) {
            endRequest(null);
        }
        // Not from within a call of the exchange, which hears nothing there.
        loop.execute(() -> answer(next));
    }

    /** The tunnel is open. */
    private void answer(Stream current) {
        if (stream == current && !answered) {
            answered = true;
            ResponseHead head = new ResponseHead(200);
            current.answered(head);
        }
    }

    @Override
    public boolean send(ByteBuf data) {
        metrics.count(index, ClusterMetrics.CX_TX_BYTES, data.readableBytes());
        context().write(data, context().voidPromise());
        flushLater();
        return channel().isWritable();
    }

    @Override
    public void flush() {
        super.flush();
        context().flush();
    }

    @Override
    public void endRequest(@Nullable Headers trailers) {
        Stream current = stream;
        if (current != null && hostEnded) {
            complete(current);
        } else {
            context()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) channel()).shutdownOutput());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        loop.beginBatch();
        ByteBuf in = (ByteBuf) message;
        metrics.count(index, ClusterMetrics.CX_RX_BYTES, in.readableBytes());
        Stream current = stream;
        if (current != null) {
            answer(current);
        }
        if (current != null && stream == current) {
            current.body(in);
        } else {
            in.release();
            close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        loop.endBatch();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        Stream current = stream;
        if (!(event instanceof ChannelInputShutdownEvent) || current == null) {
            return;
        }
        answer(current);
        if (stream != current) {
            return;
        }
        hostEnded = true;
        // The answer to a POST is complete, whether the request is or not.
        if (current.ended() || current.head().upgrade().isEmpty()) {
            complete(current);
        } else {
            current.hostEnded();
        }
    }

    /** Both sides have ended: what the client sent last has still to go out. */
    private void complete(Stream current) {
        detach();
        rest();
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        current.complete(null);
    }

    private void detach() {
        stream = null;
        pool.detached();
    }

    @Override
    public void read(boolean on) {
        if (reading != on) {
            reading = on;
            channel().config().setAutoRead(on);
        }
    }

    @Override
    public void abort() {
        if (stream != null) {
            detach();
            metrics.count(index, ClusterMetrics.RQ_TX_RESET);
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        Stream current = stream;
        if (current != null && changed.channel().isWritable()) {
            current.unblock();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        ended();
        Stream current = stream;
        if (current == null) {
            pool.gone(this);
            return;
        }
        metrics.count(index, ClusterMetrics.CX_DESTROY_WITH_ACTIVE_RQ);
        detach();
        pool.gone(this);
        current.fail(
                UpstreamFailure.CONNECTION_TERMINATION,
                UpstreamFailure.CONNECTION_TERMINATION.detail());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        Errors.caught(cause);
        from.close();
    }
}
