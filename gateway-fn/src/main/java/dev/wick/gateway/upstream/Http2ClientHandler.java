package dev.wick.gateway.upstream;

import dev.wick.gateway.http2.FieldsDecoder;
import dev.wick.gateway.http2.FrameWriter;
import dev.wick.gateway.http2.Resets;
import dev.wick.gateway.http2.ResponseFields;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP/2 handler, put together for the client's side of a connection to a host. */
final class Http2ClientHandler extends Http2ConnectionHandler {

    /** As for HTTP/1. */
    private static final int MOST_HEADER_OCTETS = 60 * 1024;

    private static final int LEAST_WINDOW = 65_535;
    private static final long CLOSE_MILLIS = 1_000;

    private final Http2ClientConnection owner;
    private final Resets resets;
    private @Nullable ChannelHandlerContext context;

    private Http2ClientHandler(
            Http2ClientConnection owner,
            Resets resets,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings, false, false);
        this.owner = owner;
        this.resets = resets;
        gracefulShutdownTimeoutMillis(CLOSE_MILLIS);
    }

    static Http2ClientHandler of(
            Http2ClientConnection owner, ResponseFields fields, FrameWriter writer) {
        Http2Connection connection = new DefaultHttp2Connection(false);
        // The connection's window opens as bytes come, each stream's as they are consumed: a stream
        // whose client is slow must not use up what its siblings share.
        connection
                .local()
                .flowController(new DefaultHttp2LocalFlowController(connection, 0.5f, true));
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(
                                connection, new UniformStreamByteDistributor(connection)));
        Resets resets = new Resets(connection);
        Http2ConnectionEncoder encoder = new DefaultHttp2ConnectionEncoder(connection, writer);
        Http2ConnectionDecoder decoder =
                new DefaultHttp2ConnectionDecoder(
                        connection,
                        encoder,
                        new Http2ClientReader(
                                owner, resets, new FieldsDecoder(fields, MOST_HEADER_OCTETS)),
                        Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                        true,
                        true,
                        false);
        ConnectionSettings.Http2Limits limits = owner.settings.http2();
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .headerTableSize(limits.tableSize())
                        .initialWindowSize(limits.streamWindow())
                        .maxHeaderListSize(MOST_HEADER_OCTETS);
        return new Http2ClientHandler(owner, resets, decoder, encoder, settings);
    }

    ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    /** The preface is written, which this may follow. */
    void openWindow(int octets) throws Http2Exception {
        if (octets > LEAST_WINDOW) {
            connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(connection().connectionStream(), octets - LEAST_WINDOW);
        }
    }

    @Override
    public ChannelFuture resetStream(
            ChannelHandlerContext ctx, int streamId, long errorCode, ChannelPromise promise) {
        ChannelFuture written = super.resetStream(ctx, streamId, errorCode, promise);
        resets.add(streamId);
        return written;
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
        super.onStreamError(ctx, outbound, cause, error);
        resets.add(error.streamId());
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        resets.drop();
        owner.writing(true);
        try {
            super.flush(ctx);
        } finally {
            owner.writing(false);
        }
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            @Nullable Http2Exception http2Cause) {
        owner.broken();
        if (http2Cause == null) {
            Errors.caught(cause);
        }
        super.onConnectionError(ctx, outbound, cause, http2Cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof Http2Exception) {
            super.exceptionCaught(ctx, cause);
        } else {
            Errors.caught(cause);
            ctx.close();
        }
    }
}
