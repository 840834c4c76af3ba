package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.exchange.ClientConnection;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.ListenerMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection from its acceptance on. Confined to its loop.
 *
 * <p>It goes through stages, each of which may wait without reading on: its listener must be known;
 * then (where the listener says so) a PROXY header is read and TLS is set up, with a context that
 * may have to be fetched by SNI; then the first bytes tell HTTP/2 from HTTP/1. In the last step
 * this handler gives its place to the protocol's.
 */
final class Accepted extends ChannelInboundHandlerAdapter {

    /**
     * Envoy's {@code listener_filters_timeout}: a listener that is not known by then is no
     * listener.
     */
    private static final long STAGES_MILLIS = 15_000;

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Port port;
    private final Loop loop;
    private final Channel channel;
    private final long acceptedNanos = System.nanoTime();
    private final Deadline stages =
            new Deadline() {
                @Override
                protected void expired() {
                    tooLate();
                }
            };

    private @Nullable Doors doors;
    private @Nullable ProxyHeader header;
    private @Nullable Door door;
    private @Nullable Connection connection;
    private @Nullable ByteBuf first;
    private boolean begun;
    private boolean http2;
    private boolean closedFromHere;
    private ClientConnection client = new ClientConnection(null, null);

    Accepted(Port port, Loop loop, Channel channel) {
        this.port = port;
        this.loop = loop;
        this.channel = channel;
    }

    Loop loop() {
        return loop;
    }

    /** The connection, as its requests see it. */
    ClientConnection client() {
        return client;
    }

    CodecCounters codecs() {
        return port.codecs();
    }

    /** Whether it is to end with its next answer. */
    boolean failing() {
        return port.failing();
    }

    /** Why it was closed, for the statistics. */
    void closedFromHere() {
        closedFromHere = true;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        client = new ClientConnection(inet(channel.remoteAddress()), inet(channel.localAddress()));
        MetricSet metrics = port.metrics();
        Overload overload = port.overload();
        if (overload != null) {
            overload.look(loop.index(), acceptedNanos);
        }
        if (!port.admits()) {
            metrics.count(loop.index(), port.overflow());
            channel.close();
            return;
        }
        metrics.count(loop.index(), ListenerMetrics.CX_TOTAL);
        metrics.add(loop.index(), ListenerMetrics.CX_ACTIVE, 1);
        channel.closeFuture().addListener(closed -> closed());
        loop.arm(stages, STAGES_MILLIS);
        port.accepted(this);
    }

    private static @Nullable InetSocketAddress inet(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet : null;
    }

    /** The listener is known, or another than before. */
    void start(Doors known) {
        if (door != null) {
            if (!known.has(door)) {
                drain();
            }
            return;
        }
        boolean first = doors == null;
        doors = known;
        if (!first) {
            return;
        }
        if (!known.acceptance().proxyProtocol()) {
            enter(known);
            return;
        }
        header = new ProxyHeader();
        port.metrics().add(loop.index(), ListenerMetrics.PRE_CX_ACTIVE, 1);
        if (known.acceptance().timeoutMillis() > 0) {
            loop.arm(stages, known.acceptance().timeoutMillis());
        } else {
            stages.disarm();
        }
        channel.config().setAutoRead(true);
    }

    /** All that chooses a filter chain is known. */
    private void enter(Doors known) {
        Door found = known.find(client);
        if (found == null) {
            port.metrics().count(loop.index(), ListenerMetrics.NO_FILTER_CHAIN_MATCH);
            channel.close();
            return;
        }
        door = found;
        boundSilence(found.settings().protocols().limits());
        channel.config().setAutoRead(true);
    }

    /**
     * A client may connect before it has anything to ask, as long as its listener lets a connection
     * idle, or live; once it has begun, as long as a head may take. The protocol's own timers
     * follow.
     */
    private void boundSilence(LimitSettings limits) {
        long life = limits.maxConnectionMillis() - ageMillis();
        long millis = limits.idleMillis();
        if (limits.maxConnectionMillis() > 0 && (millis == 0 || life < millis)) {
            millis = Math.max(1, life);
        }
        long head = limits.requestHeadersMillis();
        if (begun && head > 0 && (millis == 0 || head < millis)) {
            millis = head;
        }
        if (millis > 0) {
            loop.arm(stages, millis);
        } else {
            stages.disarm();
        }
    }

    /** Since it was accepted. */
    long ageMillis() {
        return (System.nanoTime() - acceptedNanos) / 1_000_000;
    }

    private void tooLate() {
        Doors known = doors;
        if (header != null) {
            port.metrics().count(loop.index(), ListenerMetrics.PRE_CX_TIMEOUT);
        }
        if (header != null && known != null && known.acceptance().continueOnTimeout()) {
            headerDone();
            enter(known);
            read();
            // What was read is a batch of its own, which must end.
            channel.pipeline().fireChannelReadComplete();
        } else {
            channel.close();
        }
    }

    private void headerDone() {
        if (header != null) {
            header = null;
            port.metrics().add(loop.index(), ListenerMetrics.PRE_CX_ACTIVE, -1);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        first = first == null ? bytes : Bytes.join(ctx.alloc(), first, bytes);
        read();
    }

    /** Reads on in what has come, as far as stages let it. */
    private void read() {
        ByteBuf all = first;
        Doors known = doors;
        if (all == null || known == null || !channel.isActive()) {
            return;
        }
        ProxyHeader expected = header;
        if (expected != null && !header(known, expected, all)) {
            return;
        }
        Door open = door;
        if (open != null) {
            protocol(open, all);
        }
    }

    /** Reads a PROXY header; false where there is nothing to go on with. */
    private boolean header(Doors known, ProxyHeader expected, ByteBuf all) {
        switch (expected.read(all)) {
            case PART -> {
                return false;
            }
            case MALFORMED -> {
                port.proxies().malformed(expected);
                channel.close();
                return false;
            }
            case NONE -> {
                boolean allowed = known.acceptance().withoutProxyProtocol();
                port.proxies().none(allowed);
                if (!allowed) {
                    channel.close();
                    return false;
                }
            }
            case READ -> {
                port.proxies().read(expected);
                if (expected.source() != null && expected.destination() != null) {
                    client = client.told(expected.source(), expected.destination());
                }
            }
        }
        headerDone();
        enter(known);
        return true;
    }

    private void protocol(Door known, ByteBuf all) {
        int same = 0;
        int most = Math.min(PREFACE.length, all.readableBytes());
        while (same < most && all.getByte(all.readerIndex() + same) == PREFACE[same]) {
            same++;
        }
        if (same == PREFACE.length || same < most) {
            first = null;
            ChannelHandlerContext ctx = channel.pipeline().context(this);
            become(known, same == PREFACE.length, ctx);
            ctx.pipeline().fireChannelRead(all);
        } else if (!begun) {
            begun = true;
            boundSilence(known.settings().protocols().limits());
        }
    }

    private void become(Door known, boolean byHttp2, ChannelHandlerContext ctx) {
        stages.disarm();
        http2 = byHttp2;
        ChannelHandler protocol = byHttp2 ? http2(known) : http1(known);
        count(known.metrics(), 1);
        ctx.pipeline().replace(this, null, protocol);
        if (connection == null) {
            return;
        }
        if (port.leaving()) {
            connection.leave();
        }
    }

    private ChannelHandler http1(Door known) {
        Http1Connection made = new Http1Connection(this, known, channel);
        connection = made;
        return made;
    }

    private ChannelHandler http2(Door known) {
        Http2Session made = new Http2Session(this, known, channel);
        connection = made;
        return made.handler();
    }

    private void count(MetricSet metrics, int change) {
        int index = loop.index();
        metrics.add(index, HttpMetrics.CX_ACTIVE, change);
        metrics.add(
                index, http2 ? HttpMetrics.CX_HTTP2_ACTIVE : HttpMetrics.CX_HTTP1_ACTIVE, change);
        if (change > 0) {
            metrics.count(index, HttpMetrics.CX_TOTAL);
            metrics.count(index, http2 ? HttpMetrics.CX_HTTP2_TOTAL : HttpMetrics.CX_HTTP1_TOTAL);
        }
    }

    private void closed() {
        stages.disarm();
        headerDone();
        port.closed(this);
        long millis = ageMillis();
        MetricSet listener = port.metrics();
        int index = loop.index();
        listener.add(index, ListenerMetrics.CX_ACTIVE, -1);
        listener.count(index, ListenerMetrics.CX_DESTROY);
        listener.record(index, ListenerMetrics.CX_LENGTH_MS, millis);
        if (connection != null && door != null) {
            MetricSet http = door.metrics();
            count(http, -1);
            http.count(index, HttpMetrics.CX_DESTROY);
            http.count(
                    index,
                    closedFromHere ? HttpMetrics.CX_DESTROY_LOCAL : HttpMetrics.CX_DESTROY_REMOTE);
            http.record(index, HttpMetrics.CX_LENGTH_MS, millis);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (first != null) {
            first.release();
            first = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.caught(cause);
        channel.close();
    }

    /** Lets the client know that it should go. */
    void leave() {
        if (connection != null) {
            connection.leave();
        }
    }

    /** Finishes what runs and closes; at once where no protocol is known yet. */
    void drain() {
        if (connection != null) {
            connection.drain();
        } else {
            channel.close();
        }
    }

    /** What it came to is no more. It stays where it waits for what there will be. */
    void forget() {
        if (doors != null) {
            drain();
        }
    }

    /** Offers what is kept of its answers. */
    void weigh(Heaviest heaviest) {
        if (connection != null) {
            connection.weigh(heaviest);
        }
    }

    void close() {
        channel.close();
    }
}
