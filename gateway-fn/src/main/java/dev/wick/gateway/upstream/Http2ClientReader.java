package dev.wick.gateway.upstream;

import dev.wick.gateway.http2.Resets;
import dev.wick.gateway.http2.TappedReader;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Lets nothing begin on a connection while SETTINGS of its host are heeded: what they make room for
 * Netty writes then, as in a flush, and a request is to meet the new limits and the new table of
 * fields. Confined to the connection's loop.
 */
final class Http2ClientReader extends TappedReader {

    private final Http2ClientConnection connection;
    private final Resets resets;

    Http2ClientReader(Http2ClientConnection connection, Resets resets, Http2HeadersDecoder heads) {
        super(heads);
        this.connection = connection;
        this.resets = resets;
    }

    @Override
    protected Http2FrameListener tap(Http2FrameListener to) {
        return new Http2FrameListenerDecorator(to) {
            @Override
            public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
                    throws Http2Exception {
                connection.writing(true);
                try {
                    resets.drop();
                    super.onSettingsRead(ctx, settings);
                } finally {
                    connection.writing(false);
                }
            }
        };
    }
}
