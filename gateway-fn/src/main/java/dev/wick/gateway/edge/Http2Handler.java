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
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP/2 handler with the listener's limits, in the batches of our loops. */
final class Http2Handler extends Http2ConnectionHandler {

    /** What HTTP/2 begins with, whatever is said. */
    private static final int FIRST_WINDOW = 65_535;

    private static final long CLOSE_MILLIS = 1_000;

    private final Http2Session session;
    private final Loop loop;
    private final SkippedStreams skipped;
    private @Nullable ChannelHandlerContext context;

    private Http2Handler(
            Http2Session session,
            Loop loop,
            SkippedStreams skipped,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings, false, true);
        this.session = session;
        this.loop = loop;
        this.skipped = skipped;
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
            session.guard().calmed(String.valueOf(error.getMessage()));
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }

    /**
     * Netty does not tell streams that were never used from closed ones; and to HEADERS after a
     * request that was complete with its first HEADERS it objects as to a second trailer.
     */
    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException error) {
        int id = error.streamId();
        Http2Stream stream = connection().stream(id);
        if (stream == null || outbound) {
            unknown(ctx, outbound, cause, error);
            return;
        }
        if (isTooMuch(stream, error)) {
            resetStream(ctx, id, Http2Error.STREAM_CLOSED.code(), ctx.newPromise());
        } else {
            super.onStreamError(ctx, false, cause, error);
        }
        session.guard().erred();
    }

    /** What was on its way when a stream was reset from here is no fault of the client's. */
    private void unknown(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException error) {
        int id = error.streamId();
        if (!outbound && skipped.contains(id)) {
            onError(
                    ctx,
                    false,
                    Http2Exception.connectionError(
                            Http2Error.PROTOCOL_ERROR, "stream %d after a later one", id));
        } else {
            skipped.used(id);
            super.onStreamError(ctx, outbound, cause, error);
        }
    }

    private boolean isTooMuch(Http2Stream stream, Http2Exception.StreamException error) {
        return error.error() == Http2Error.PROTOCOL_ERROR
                && String.valueOf(error.getMessage()).contains("too many headers")
                && session.complete(stream);
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
        private final SkippedStreams skipped;

        Builder(
                Http2Session session,
                Loop loop,
                ClientStreams connection,
                ProtocolSettings settings) {
            this.session = session;
            this.loop = loop;
            this.skipped = connection.skipped();
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
            return new Http2Handler(session, loop, skipped, decoder, encoder, settings);
        }
    }
}
