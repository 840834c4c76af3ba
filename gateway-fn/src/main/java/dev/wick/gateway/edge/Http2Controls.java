package dev.wick.gateway.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;

/**
 * Bounds what is sent because a client sent something, and has not been taken: answers to PING and
 * SETTINGS, and resets. Netty's own bound belongs to a builder that takes no decoder of fields.
 * Confined to the loop of its connection.
 */
final class Http2Controls extends DecoratingHttp2ConnectionEncoder {

    private final Http2Session session;
    private final int most;
    private final ChannelFutureListener sent = written -> sent();
    private int waiting;
    private boolean over;

    Http2Controls(Http2ConnectionEncoder encoder, Http2Session session, int most) {
        super(encoder);
        this.session = session;
        this.most = most;
    }

    @Override
    public ChannelFuture writeSettingsAck(ChannelHandlerContext ctx, ChannelPromise promise) {
        return super.writeSettingsAck(ctx, counted(ctx, promise));
    }

    @Override
    public ChannelFuture writePing(
            ChannelHandlerContext ctx, boolean ack, long data, ChannelPromise promise) {
        return super.writePing(ctx, ack, data, ack ? counted(ctx, promise) : promise);
    }

    @Override
    public ChannelFuture writeRstStream(
            ChannelHandlerContext ctx, int streamId, long errorCode, ChannelPromise promise) {
        return super.writeRstStream(ctx, streamId, errorCode, counted(ctx, promise));
    }

    private ChannelPromise counted(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (over) {
            return promise;
        }
        if (waiting >= most) {
            ctx.flush();
        }
        if (waiting >= most) {
            over = true;
            session.guard().controlsWait();
            // At once: who reads nothing takes no farewell either, and goes on sending.
            ctx.close();
        }
        waiting++;
        return promise.unvoid().addListener(sent);
    }

    private void sent() {
        waiting--;
    }
}
