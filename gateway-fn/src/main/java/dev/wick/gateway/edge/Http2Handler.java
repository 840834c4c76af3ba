package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.snapshot.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP/2 handler with Envoy's guidance for edges as its limits, in the batches of our
 * loops.
 */
final class Http2Handler extends Http2ConnectionHandler {

    private static final int MOST_STREAMS = 100;
    private static final int STREAM_WINDOW = 64 * 1024;
    private static final int CONNECTION_WINDOW = 1024 * 1024;
    private static final int MOST_CONTROL_FRAMES = 1_000;
    private static final int MOST_RESETS = 200;
    private static final int RESETS_SECONDS = 30;
    private static final long CLOSE_MILLIS = 1_000;

    private final Http2Session session;
    private final Loop loop;
    private @Nullable ChannelHandlerContext context;

    private Http2Handler(
            Http2Session session,
            Loop loop,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings, false, true);
        this.session = session;
        this.loop = loop;
    }

    ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        Http2Connection connection = connection();
        connection
                .local()
                .flowController()
                .incrementWindowSize(
                        connection.connectionStream(), CONNECTION_WINDOW - STREAM_WINDOW);
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        loop.beginBatch();
        session.received(((ByteBuf) message).readableBytes());
        super.channelRead(ctx, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        loop.endBatch();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        session.gone();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.caught(cause);
        ctx.close();
    }

    /** Puts the parts together. */
    static final class Builder
            extends AbstractHttp2ConnectionHandlerBuilder<Http2Handler, Builder> {

        private final Http2Session session;
        private final Loop loop;

        Builder(
                Http2Session session,
                Loop loop,
                Http2Connection connection,
                ProtocolSettings settings) {
            this.session = session;
            this.loop = loop;
            connection(connection);
            frameListener(session);
            initialSettings(
                    Http2Settings.defaultSettings()
                            .maxConcurrentStreams(MOST_STREAMS)
                            .initialWindowSize(STREAM_WINDOW)
                            .maxHeaderListSize(settings.limits().maxHeaderOctets()));
            gracefulShutdownTimeoutMillis(CLOSE_MILLIS);
            encoderEnforceMaxQueuedControlFrames(MOST_CONTROL_FRAMES);
            decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS);
            decoderEnforceMaxConsecutiveEmptyDataFrames(2);
        }

        @Override
        public Http2Handler build() {
            return super.build();
        }

        @Override
        protected Http2Handler build(
                Http2ConnectionDecoder decoder,
                Http2ConnectionEncoder encoder,
                Http2Settings settings) {
            return new Http2Handler(session, loop, decoder, encoder, settings);
        }
    }
}
