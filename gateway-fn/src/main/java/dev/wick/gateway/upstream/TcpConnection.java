package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * A connection without HTTP: carries what is in one tunnel that ends at the gateway, as it is, and
 * answers its request with 200 once it stands. Confined to its loop.
 */
final class TcpConnection extends SerialConnection {

    private boolean carried;
    private boolean answered;

    TcpConnection(Pool pool, ConnectionSettings settings) {
        super(pool, settings);
    }

    @Override
    int room() {
        return !carried && !draining() && open() ? 1 : 0;
    }

    @Override
    void carry(Stream next) {
        attach(next);
        carried = true;
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
        if (stream() == current && !answered) {
            answered = true;
            ResponseHead head = new ResponseHead(200);
            current.answered(head);
        }
    }

    @Override
    public boolean send(ByteBuf data) {
        write(data, context());
        return channel().isWritable();
    }

    @Override
    public void endRequest(@Nullable Headers trailers) {
        endTunnel();
    }

    @Override
    void received(ByteBuf in) {
        Stream current = stream();
        if (current != null) {
            answer(current);
        }
        if (current != null && stream() == current) {
            current.body(in);
        } else {
            in.release();
            close();
        }
    }

    @Override
    void hostEnded(Stream current) {
        answer(current);
        if (stream() != current) {
            return;
        }
        if (current.head().upgrade().isEmpty()) {
            // The answer to a POST is complete, whether the request is or not.
            completeTunnel(current);
        } else {
            super.hostEnded(current);
        }
    }

    @Override
    void lost(Stream current) {
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
