package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.http2.FieldsDecoder;
import dev.wick.gateway.http2.FrameWriter;
import dev.wick.gateway.http2.Gathered;
import dev.wick.gateway.http2.RequestFields;
import dev.wick.gateway.http2.Resets;
import dev.wick.gateway.snapshot.ClientHttp2Settings;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP/2 handler with the listener's limits, in the batches of our loops. */
final class Http2Handler extends Http2ConnectionHandler {

    /** What HTTP/2 begins with, whatever is said. */
    private static final int FIRST_WINDOW = 65_535;

    private static final long CLOSE_MILLIS = 1_000;

    /** What HTTP/2 counts for each field besides its octets (RFC 9113, 6.5.2). */
    private static final long AROUND_FIELD = 32;

    private static final int MOST_PSEUDO_FIELDS = 5;

    private final Http2Session session;
    private final Loop loop;
    private final SkippedStreams skipped;
    private final Gathered gathered;
    private final Resets resets;
    private @Nullable ChannelHandlerContext context;

    private Http2Handler(
            Http2Session session,
            Loop loop,
            SkippedStreams skipped,
            Gathered gathered,
            Resets resets,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings, false, true);
        this.session = session;
        this.loop = loop;
        this.skipped = skipped;
        this.gathered = gathered;
        this.resets = resets;
        gracefulShutdownTimeoutMillis(CLOSE_MILLIS);
    }

    /** Puts the parts together, which tell the session what they read into the fields. */
    static Http2Handler of(
            Http2Session session,
            Loop loop,
            ClientStreams connection,
            RequestFields fields,
            FrameWriter writer) {
        ProtocolSettings protocols = session.protocols();
        ClientHttp2Settings http2 = protocols.http2();
        LimitSettings limits = protocols.limits();
        long mostOctets =
                limits.maxHeaderOctets()
                        + AROUND_FIELD * (limits.maxHeaders() + MOST_PSEUDO_FIELDS);
        Resets resets = new Resets(connection);
        Http2ConnectionEncoder encoder =
                new Http2Controls(
                        new DefaultHttp2ConnectionEncoder(connection, writer),
                        session,
                        http2.maxOutboundControlFrames());
        Http2ConnectionDecoder decoder =
                new DefaultHttp2ConnectionDecoder(
                        connection,
                        encoder,
                        new Http2Reader(session, resets, new FieldsDecoder(fields, mostOctets)),
                        Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                        true,
                        true,
                        false);
        decoder.frameListener(session);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .maxConcurrentStreams(http2.maxConcurrentStreams())
                        .initialWindowSize(http2.streamWindow())
                        .maxHeaderListSize(mostOctets);
        if (http2.allowConnect()) {
            settings.connectProtocolEnabled(true);
        }
        return new Http2Handler(
                session,
                loop,
                connection.skipped(),
                writer.gathered(),
                resets,
                decoder,
                encoder,
                settings);
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
        ctx.pipeline().addBefore(ctx.name(), null, gathered);
        super.handlerAdded(ctx);
        Http2Connection connection = connection();
        connection
                .local()
                .flowController()
                .incrementWindowSize(
                        connection.connectionStream(),
                        session.settings().connectionWindow() - FIRST_WINDOW);
        // As Envoy, without waiting for the client to say that it has heard of it.
        long streams = session.settings().maxConcurrentStreams();
        connection.remote().maxActiveStreams((int) Math.min(Integer.MAX_VALUE, streams));
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
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }

    @Override
    public ChannelFuture resetStream(
            ChannelHandlerContext ctx, int streamId, long errorCode, ChannelPromise promise) {
        ChannelFuture written = super.resetStream(ctx, streamId, errorCode, promise);
        resets.add(streamId);
        return written;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        resets.drop();
        super.flush(ctx);
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
            resets.add(id);
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
            resets.add(id);
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
}
