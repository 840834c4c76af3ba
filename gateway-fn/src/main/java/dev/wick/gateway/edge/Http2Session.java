package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.LocalReply;
import dev.wick.gateway.http2.FrameWriter;
import dev.wick.gateway.http2.Gathered;
import dev.wick.gateway.http2.RequestFields;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.ClientHttp2Settings;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;

/**
 * A client's HTTP/2 connection. Confined to its loop. Frames, compression, windows and the guards
 * against floods are Netty's; each stream has an exchange of its own.
 */
final class Http2Session extends Http2EventAdapter implements Connection {

    /** Streams that have ended and may serve again; more are left to the collector. */
    private static final int MOST_SPARE = 16;

    private static final LocalReply TOO_MANY_FIELDS =
            new LocalReply(431, "Request Header Fields Too Large", null, "http2.too_many_headers");
    private static final LocalReply NO_HOST = Refusals.reply(Refusal.NO_HOST);

    /** Octets of the table of fields that are sent: Envoy's, whatever a client would keep. */
    private static final int MOST_TABLE = 4_096;

    private final Loop loop;
    private final Accepted accepted;
    private final Door door;
    private final Channel channel;
    private final MetricSet metrics;
    private final ClientStreams connection = new ClientStreams();
    private final Http2Connection.PropertyKey key = connection.newKey();
    private final RequestFields fields = new RequestFields();
    private final Gathered gathered = new Gathered();
    private final FrameWriter writer = FrameWriter.to(gathered);
    private final Http2Handler handler;
    private final ClientHttp2Settings settings;
    private final Http2Guard guard;
    private final Http2Output output;
    private final LimitSettings limits;
    private final ConnectionTimers timers;
    private final Http2Terms terms;
    private final ArrayDeque<Http2ServerStream> spare = new ArrayDeque<>();
    private final Http2Leaving leaving;

    Http2Session(Accepted accepted, Door door, Channel channel) {
        this.accepted = accepted;
        this.loop = accepted.loop();
        this.door = door;
        this.channel = channel;
        this.metrics = door.metrics();
        // The connection's window opens as bytes come, each stream's as they are consumed: a stream
        // that waits must not use up what its siblings share.
        connection
                .local()
                .flowController(new DefaultHttp2LocalFlowController(connection, 0.5f, true));
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(
                                connection, new Http2Kept(connection, key)));
        this.settings = protocols().http2();
        this.handler = Http2Handler.of(this, loop, connection, fields, writer);
        this.guard = new Http2Guard(accepted, door, channel, connection, handler, gathered);
        this.output = new Http2Output(channel, loop, metrics, handler, writer, guard);
        this.leaving = new Http2Leaving(accepted, door, channel, connection, handler);
        connection.addListener(this);
        connection.remote().flowController().listener(this::writabilityChanged);
        this.limits = protocols().limits();
        this.terms = new Http2Terms(door.settings(), accepted);
        this.timers = new ConnectionTimers(this, loop, metrics, limits, accepted.ageMillis());
    }

    ChannelHandler handler() {
        return handler;
    }

    ClientHttp2Settings settings() {
        return settings;
    }

    ProtocolSettings protocols() {
        return door.settings().protocols();
    }

    Http2Guard guard() {
        return guard;
    }

    Http2Output output() {
        return output;
    }

    Loop loop() {
        return loop;
    }

    /** Whether its request has come whole: more on it is too much. */
    boolean complete(Http2Stream stream) {
        Http2ServerStream known = stream.getProperty(key);
        return known != null && known.requestComplete();
    }

    void received(int bytes) {
        metrics.count(loop.index(), HttpMetrics.CX_RX_BYTES, bytes);
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
        onHeadersRead(ctx, streamId, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            return;
        }
        Http2ServerStream known = stream.getProperty(key);
        if (known == null) {
            request(stream, end);
            return;
        }
        Headers trailers = Http2Heads.trailers(fields);
        if (trailers == null || !end) {
            throw Http2Exception.streamError(
                    streamId, Http2Error.PROTOCOL_ERROR, "trailers that are none");
        }
        known.trailers(trailers);
    }

    private void request(Http2Stream stream, boolean end) throws Http2Exception {
        guard.opened();
        if (timers.begun()) {
            leaving.drain();
        }
        Http2ServerStream used = spare.pollLast();
        Http2ServerStream made =
                used == null
                        ? new Http2ServerStream(this, stream, door, accepted.client())
                        : used.reuse(stream);
        stream.setProperty(key, made);
        Http2Heads.Outcome outcome =
                Http2Heads.read(fields, made.exchange().head(), limits, settings.allowConnect());
        switch (outcome) {
            case READ -> {
                Headers headers = made.exchange().head().headers();
                if (!terms.bears(headers)) {
                    throw Http2Exception.streamError(
                            stream.id(), Http2Error.INTERNAL_ERROR, "an underscore in a name");
                }
                if (terms.answersExpect(headers) && !end) {
                    door.informed(loop.index(), 100);
                    output.writeContinue(stream);
                }
                made.begin(end);
            }
            case TOO_LARGE -> {
                metrics.count(loop.index(), HttpMetrics.RQ_TOO_LARGE);
                made.refuse(TOO_MANY_FIELDS, end);
            }
            case NO_AUTHORITY -> made.refuse(NO_HOST, end);
            case MALFORMED -> {
                metrics.count(loop.index(), HttpMetrics.CX_PROTOCOL_ERROR);
                throw Http2Exception.streamError(
                        stream.id(), Http2Error.PROTOCOL_ERROR, "a head that is none");
            }
        }
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        Http2ServerStream known = stream == null ? null : stream.getProperty(key);
        return known == null ? data.readableBytes() + padding : padding + known.data(data, end);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        Http2Stream stream = connection.stream(streamId);
        Http2ServerStream known = stream == null ? null : stream.getProperty(key);
        if (known != null) {
            known.resetByClient();
        }
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext ctx,
            int streamId,
            int dependency,
            short weight,
            boolean exclusive) {
        guard.priority();
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) {
        guard.windowUpdate();
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings said)
            throws Http2Exception {
        Long table = said.headerTableSize();
        if (table != null && table > MOST_TABLE) {
            // It would be filled with fields of answers, of which a client may choose some.
            handler.encoder().configuration().headersConfiguration().maxHeaderTableSize(MOST_TABLE);
        }
        guard.settings();
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        Http2ServerStream known = stream.removeProperty(key);
        if (known != null) {
            guard.closed(known);
            known.closed();
            if (known.clean() && spare.size() < MOST_SPARE) {
                spare.addLast(known);
            }
        }
        leaving.streamClosed();
    }

    private void writabilityChanged(Http2Stream stream) {
        Http2ServerStream known = stream.getProperty(key);
        if (known != null && output.writable(stream)) {
            known.writable();
        }
    }

    /** A complete answer is not read: its stream ends, and if not even that is, the connection. */
    void unread(Http2Stream stream, boolean again) {
        if (again) {
            accepted.closedFromHere();
            channel.close();
        } else {
            accepted.codecs().unread();
            output.reset(stream, Http2Error.NO_ERROR);
        }
    }

    /** How long an answer may be unread; 0: any time. */
    long unreadMillis() {
        return limits.streamFlushMillis();
    }

    void gone() {
        leaving.gone();
        timers.stop();
        if (connection.numActiveStreams() > 0) {
            metrics.count(loop.index(), HttpMetrics.CX_DESTROY_REMOTE_ACTIVE_RQ);
        }
    }

    @Override
    public boolean busy() {
        return connection.numActiveStreams() > 0;
    }

    @Override
    public void weigh(Heaviest heaviest) {
        try {
            connection.forEachActiveStream(stream -> weigh(stream, heaviest));
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean weigh(Http2Stream stream, Heaviest heaviest) {
        Http2ServerStream known = stream.getProperty(key);
        if (known != null) {
            known.weigh(heaviest);
        }
        return true;
    }

    @Override
    public boolean carries() {
        try {
            return connection.forEachActiveStream(stream -> !runs(stream)) != null;
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean runs(Http2Stream stream) {
        Http2ServerStream known = stream.getProperty(key);
        return known != null && known.exchange().running();
    }

    /** An answer begins. */
    void answering() {
        if (leaving.begun()) {
            return;
        }
        Overload overload = door.overload();
        if (accepted.failing()) {
            leave();
        } else if (overload != null && overload.endsConnection()) {
            metrics.count(loop.index(), HttpMetrics.CX_OVERLOAD_DISABLE_KEEPALIVE);
            leave();
        }
    }

    @Override
    public void idle() {
        metrics.count(loop.index(), HttpMetrics.CX_IDLE_TIMEOUT);
        accepted.closedFromHere();
        channel.close();
    }

    @Override
    public void leave() {
        leaving.leave();
    }

    @Override
    public void drain() {
        leaving.drain();
    }
}
