package dev.wick.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Netty's reader of frames, with somebody who hears of each frame before Netty's decoder heeds it.
 * Confined to its connection's loop.
 */
public abstract class TappedReader extends DefaultHttp2FrameReader {

    private @Nullable Http2FrameListener listener;
    private @Nullable Http2FrameListener tap;

    protected TappedReader(Http2HeadersDecoder heads) {
        super(heads);
    }

    /** Who hears of the frames, and passes them on. */
    protected abstract Http2FrameListener tap(Http2FrameListener to);

    @Override
    public final void readFrame(ChannelHandlerContext ctx, ByteBuf in, Http2FrameListener to)
            throws Http2Exception {
        if (tap == null || listener != to) {
            // The decoder has one for the preface and one for all that follows.
            listener = to;
            tap = tap(to);
        }
        super.readFrame(ctx, in, tap);
    }
}
