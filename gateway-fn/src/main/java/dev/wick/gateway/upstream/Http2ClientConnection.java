package dev.wick.gateway.upstream;

import dev.wick.gateway.http2.FrameWriter;
import dev.wick.gateway.http2.Gathered;
import dev.wick.gateway.http2.Outgoing;
import dev.wick.gateway.http2.ResponseFields;
import dev.wick.gateway.http2.WrittenFields;
import dev.wick.gateway.observe.ClusterMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection in HTTP/2; carries many requests at once. Confined to its loop. Frames, compression
 * and windows are Netty's.
 *
 * <p>Stands first in its pipeline, before Netty's handler, which tells {@link Http2ClientFrames}
 * what it has read.
 */
final class Http2ClientConnection extends Connection {

    /** Streams that have ended and may serve again; more are left to the collector. */
    private static final int MOST_SPARE = 16;

    /** How many streams are begun before the host has said how many it takes (RFC 9113, 6.5.2). */
    private static final int UNTOLD_STREAMS = 100;

    /** What is left of the identifiers where a connection is given up. */
    private static final int LAST_IDENTIFIERS = 1_000;

    /** Octets of the table of fields that are sent: Envoy's, however large a host's may be. */
    private static final int MOST_TABLE = 4_096;

    private final ResponseFields responseFields = new ResponseFields();
    private final WrittenFields requestFields;
    private final FrameWriter writer = FrameWriter.to(new Gathered());
    private final Http2ClientHandler handler = Http2ClientHandler.of(this, responseFields, writer);
    private final Http2Connection connection = handler.connection();
    private final Http2Connection.PropertyKey key = connection.newKey();
    private final ArrayDeque<Http2ClientStream> spare = new ArrayDeque<>();

    /** Those that ended while Netty was writing. */
    private final ArrayDeque<Http2ClientStream> ended = new ArrayDeque<>(0);

    private int writing;
    private boolean freed;
    private @Nullable Http2Keepalive keepalive;
    private @Nullable ChannelPromise kept;
    private int limit;
    private int active;
    private int lastKnown = Integer.MAX_VALUE;
    private boolean settled;
    private boolean broken;

    Http2ClientConnection(Pool pool, ConnectionSettings settings) {
        super(pool, settings);
        requestFields = new WrittenFields(loop.workbench().texts());
        limit = Math.min(UNTOLD_STREAMS, settings.http2().streams());
        Http2ClientFrames frames = new Http2ClientFrames(this, responseFields);
        handler.decoder().frameListener(frames);
        connection.addListener(frames);
        connection.remote().flowController().listener(this::writabilityChanged);
    }

    @Override
    ChannelHandler handler() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new Written(),
                                Http2ClientConnection.this,
                                writer.gathered(),
                                handler);
            }
        };
    }

    @Override
    int room() {
        return draining() || !open() ? 0 : limit - active;
    }

    @Override
    boolean busy() {
        return active > 0;
    }

    @Override
    public void channelActive(ChannelHandlerContext made) throws Exception {
        introduce();
        made.fireChannelActive();
        handler.openWindow(settings.http2().connectionWindow());
        flushLater();
        if (settings.http2().pingMillis() > 0) {
            keepalive = new Http2Keepalive(this);
            keepalive.start();
        }
        connected();
    }

    /** The host's table of fields is of that size; what is sent is told of a small one. */
    void tableSize(@Nullable Long octets) throws Http2Exception {
        if (octets != null && octets > MOST_TABLE) {
            handler.encoder().configuration().headersConfiguration().maxHeaderTableSize(MOST_TABLE);
        }
    }

    /** The host has said what it takes. */
    void settled(@Nullable Long streams) {
        if (streams != null) {
            limit = (int) Math.min(streams, settings.http2().streams());
        } else if (!settled) {
            limit = settings.http2().streams();
        }
        settled = true;
        pool.settled(this);
    }

    @Override
    void carry(Stream next) {
        count();
        int id = connection.local().incrementAndGetNextStreamId();
        if (id > Integer.MAX_VALUE - LAST_IDENTIFIERS) {
            drain();
        }
        Http2Headers fields =
                next.head().upgrade().isEmpty()
                        ? requestFields.request(next.head())
                        : Http2Tunnel.request(next.head());
        writeHeaders(id, fields, next.bodyless());
        Http2Stream opened = connection.stream(id);
        if (opened == null) {
            // What the host takes of a head is less than this.
            pool.detached();
            loop.execute(this::freed);
            next.failLater(UpstreamFailure.PROTOCOL_ERROR, "http2.request_headers_refused");
            return;
        }
        active++;
        metrics.add(index, ClusterMetrics.HTTP2_STREAMS_ACTIVE, 1);
        Http2ClientStream used = spare.pollLast();
        Http2ClientStream carrier = used == null ? new Http2ClientStream(this) : used;
        opened.setProperty(key, carrier);
        carrier.begin(next, opened);
        next.on(carrier);
    }

    private void writabilityChanged(Http2Stream stream) {
        Http2ClientStream carrier = carrier(stream);
        if (carrier != null && writable(stream)) {
            carrier.unblock();
        }
    }

    @Nullable Http2ClientStream carrier(int id) {
        Http2Stream stream = connection.stream(id);
        return stream == null ? null : carrier(stream);
    }

    private @Nullable Http2ClientStream carrier(Http2Stream stream) {
        return stream.getProperty(key);
    }

    boolean writable(Http2Stream stream) {
        return connection.remote().flowController().isWritable(stream);
    }

    private void writeHeaders(int id, Http2Headers fields, boolean end) {
        flushLater();
        handler.encoder().writeHeaders(handler.context(), id, fields, 0, end, kept());
    }

    /** For what nobody needs to hear of. */
    private ChannelPromise kept() {
        ChannelPromise done = kept;
        if (done == null) {
            done = channel().newPromise().setSuccess();
            kept = done;
        }
        return done;
    }

    /** For what one stream sends behind its head. */
    Outgoing outgoing() {
        return new Outgoing(handler, writer);
    }

    void write(Outgoing outgoing, ByteBuf data) {
        flushLater();
        outgoing.body(data);
    }

    /**
     * Ends the request of a stream.
     *
     * @param trailers null where there are none; the stream's own, which may have to wait
     */
    void end(Outgoing outgoing, @Nullable Http2Headers trailers) {
        flushLater();
        outgoing.end(handler.context(), trailers, kept());
    }

    void writePing(long content) {
        flushLater();
        ChannelPromise promise = channel().newPromise();
        handler.encoder().writePing(handler.context(), false, content, promise);
    }

    /** The exchange has taken bytes of a stream: its window may open. */
    void consumed(Http2Stream stream, int bytes) {
        try {
            if (bytes > 0 && connection.local().flowController().consumeBytes(stream, bytes)) {
                flushLater();
            }
        } catch (Http2Exception e) {
            handler.onError(handler.context(), true, e);
        }
    }

    void reset(Http2Stream stream, Http2Error why) {
        metrics.count(index, ClusterMetrics.HTTP2_TX_RESET);
        flushLater();
        handler.resetStream(handler.context(), stream.id(), why.code(), channel().newPromise());
    }

    @Override
    public void flush() {
        super.flush();
        handler.flush(handler.context());
    }

    /** The host takes no streams after this one. */
    void goAway(int last) {
        lastKnown = Math.min(lastKnown, last);
        if (!draining()) {
            drain();
            metrics.count(index, ClusterMetrics.CX_CLOSE_NOTIFY);
        }
        pool.drained(this);
    }

    void pinged() {
        if (keepalive != null) {
            keepalive.answered();
        }
    }

    /** What the host sent is not HTTP/2: the connection ends. */
    void broken() {
        if (!broken) {
            broken = true;
            drain();
            metrics.count(index, ClusterMetrics.CX_PROTOCOL_ERROR);
        }
    }

    /** Ends it at once: nobody answers. */
    void abandon() {
        drain();
        handler.context().close();
    }

    /** A stream is no more. */
    void closed(Http2Stream stream) {
        Http2ClientStream carrier = stream.removeProperty(key);
        if (carrier == null) {
            return;
        }
        active--;
        metrics.add(index, ClusterMetrics.HTTP2_STREAMS_ACTIVE, -1);
        pool.detached();
        carrier.closed(why(stream));
        reuse(carrier);
        freed();
    }

    private void freed() {
        if (writing > 0) {
            freed = true;
        } else {
            pool.freed(this);
        }
    }

    /**
     * Netty is about to write what waits, or has. Until it has nothing begins on the connection: it
     * counts what a stream has left after the stream's end.
     */
    void writing(boolean now) {
        writing += now ? 1 : -1;
        if (writing > 0) {
            return;
        }
        for (Http2ClientStream used = ended.poll(); used != null; used = ended.poll()) {
            reuse(used);
        }
        if (freed) {
            freed = false;
            pool.freed(this);
        }
    }

    private UpstreamFailure why(Http2Stream stream) {
        if (stream.id() > lastKnown) {
            return UpstreamFailure.REFUSED_STREAM;
        }
        return open() || broken
                ? UpstreamFailure.PROTOCOL_ERROR
                : UpstreamFailure.CONNECTION_TERMINATION;
    }

    /** The stream may serve again, once it is closed and through. */
    void reuse(Http2ClientStream carrier) {
        if (writing > 0) {
            ended.addLast(carrier);
        } else if (carrier.through() && spare.size() < MOST_SPARE) {
            spare.addLast(carrier.cleared());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        loop.beginBatch();
        metrics.count(index, ClusterMetrics.CX_RX_BYTES, ((ByteBuf) message).readableBytes());
        from.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        from.fireChannelReadComplete();
        loop.endBatch();
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        if (active > 0) {
            metrics.count(index, ClusterMetrics.CX_DESTROY_WITH_ACTIVE_RQ);
        }
        if (keepalive != null) {
            keepalive.disarm();
        }
        ended();
        // Closes the streams, each of which tells its exchange.
        gone.fireChannelInactive();
        pool.gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        Errors.caught(cause);
        from.close();
    }

    /** Counts what is written. */
    private final class Written extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf bytes) {
                metrics.count(index, ClusterMetrics.CX_TX_BYTES, bytes.readableBytes());
            }
            to.write(message, promise);
        }
    }
}
