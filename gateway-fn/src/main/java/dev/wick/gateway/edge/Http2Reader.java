package dev.wick.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Netty's reader of frames, which tells the session of bodies that bring nothing: as Envoy, of
 * every frame that comes, those of streams that have been reset included, which the decoder drops
 * before its listener hears of them. Confined to the connection's loop.
 */
final class Http2Reader extends DefaultHttp2FrameReader {

    private final Http2Session session;
    private @Nullable Http2FrameListener listener;
    private @Nullable Http2FrameListener watched;

    Http2Reader(Http2Session session, Http2HeadersDecoder heads) {
        super(heads);
        this.session = session;
    }

    @Override
    public void readFrame(ChannelHandlerContext ctx, ByteBuf in, Http2FrameListener to)
            throws Http2Exception {
        if (watched == null || listener != to) {
            // The decoder has one for the preface and one for all that follows.
            listener = to;
            watched = new Watched(to);
        }
        super.readFrame(ctx, in, watched);
    }

    private final class Watched extends Http2FrameListenerDecorator {

        Watched(Http2FrameListener to) {
            super(to);
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
                throws Http2Exception {
            if (end || data.isReadable()) {
                session.guard().filled();
            } else {
                session.guard().empty();
            }
            return super.onDataRead(ctx, streamId, data, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int streamId,
                Http2Headers headers,
                int padding,
                boolean end)
                throws Http2Exception {
            session.guard().filled();
            super.onHeadersRead(ctx, streamId, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int streamId,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            session.guard().filled();
            super.onHeadersRead(
                    ctx, streamId, headers, dependency, weight, exclusive, padding, end);
        }
    }
}
