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
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP/2 handler with the listener's limits, in the batches of our loops. */
final class Http2Handler extends Http2ConnectionHandler {

    /** What HTTP/2 begins with, whatever is said. */
    private static final int FIRST_WINDOW = 65_535;

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
                        connection.connectionStream(),
                        session.settings().connectionWindow() - FIRST_WINDOW);
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
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception error) {
        if (error == null) {
            Faults.caught(cause);
        } else if (error.error() == Http2Error.ENHANCE_YOUR_CALM) {
            session.calmed(String.valueOf(error.getMessage()));
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException error) {
        // What was on its way when a stream was reset from here is no fault of the client's.
        boolean known = connection().stream(error.streamId()) != null;
        super.onStreamError(ctx, outbound, cause, error);
        if (known && !outbound) {
            session.erred();
        }
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
                            .maxConcurrentStreams(settings.http2().maxConcurrentStreams())
                            .initialWindowSize(settings.http2().streamWindow())
                            .maxHeaderListSize(settings.limits().maxHeaderOctets()));
            if (settings.http2().allowConnect()) {
                initialSettings().connectProtocolEnabled(true);
            }
            gracefulShutdownTimeoutMillis(CLOSE_MILLIS);
            encoderEnforceMaxQueuedControlFrames(settings.http2().maxOutboundControlFrames());
            // Counted by the session, as Envoy does.
            decoderEnforceMaxRstFramesPerWindow(0, 0);
            encoderEnforceMaxRstFramesPerWindow(0, 0);
            decoderEnforceMaxConsecutiveEmptyDataFrames(settings.http2().maxEmptyFrames());
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
