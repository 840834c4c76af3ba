package dev.wick.gateway.edge;

import dev.wick.gateway.http2.Resets;
import dev.wick.gateway.http2.TappedReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Tells the session of bodies that bring nothing: as Envoy, of every frame that comes, those of
 * streams that have been reset included, which the decoder drops before its listener hears of them.
 * Confined to the connection's loop.
 */
final class Http2Reader extends TappedReader {

    private final Http2Session session;
    private final Resets resets;

    Http2Reader(Http2Session session, Resets resets, Http2HeadersDecoder heads) {
        super(heads);
        this.session = session;
        this.resets = resets;
    }

    @Override
    protected Http2FrameListener tap(Http2FrameListener to) {
        return new Watched(to);
    }

    private final class Watched extends Http2FrameListenerDecorator {

        Watched(Http2FrameListener to) {
            super(to);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
                throws Http2Exception {
            // What they make room for Netty writes as it heeds them, without a flush.
            resets.drop();
            super.onSettingsRead(ctx, settings);
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
