package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.BodyReader;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.HeadWriter;
import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.codec.RequestParser;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.Downstream;
import dev.wick.gateway.exchange.Exchange;
import dev.wick.gateway.exchange.Protocol;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.route.UpgradeRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection. Confined to its loop.
 *
 * <p>Requests are taken one at a time: what a client sends ahead waits, unread beyond a little,
 * until the response before it is complete. One exchange serves them all, one after the other.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter
        implements Connection, Downstream, Loop.Flushing {

    /** Of what a client sends ahead, this much is read. */
    private static final int MOST_AHEAD = 16 * 1024;

    private static final ByteBuf CONTINUE =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer()
                            .writeBytes(
                                    "HTTP/1.1 100 Continue\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII))
                            .asReadOnly());

    private enum Phase {
        /** Between requests, or in a request's head. */
        HEAD,
        /** In a request's body. */
        BODY,
        /** The request is complete, its response is not. */
        RESPONSE,
        /** The last response has been written, or there is none. */
        CLOSING
    }

    private final Accepted accepted;
    private final Loop loop;
    private final MetricSet metrics;
    private final ProtocolSettings settings;
    private final EdgeSettings edge;
    private final Exchange exchange;
    private final RequestParser parser;
    private final BodyReader body;
    private final HeadWriter headWriter;
    private final BodyWriter bodyWriter = new BodyWriter();
    private final BodyWriter.Sink sink = this::send;
    private final LimitSettings limits;
    private final ConnectionTimers timers;
    private final @Nullable HeadTimeout headTimeout;
    private final Channel channel;

    private Phase phase = Phase.HEAD;
    private @Nullable ByteBuf unread;
    private boolean processing;
    private boolean paused;
    private boolean flushAsked;
    private boolean keepAlive;
    private boolean toHead;
    private boolean draining;
    private int requests;
    private int minorVersion = 1;
    private boolean tunnel;
    private boolean inputEnded;

    Http1Connection(Accepted accepted, Door door, Channel channel) {
        this.accepted = accepted;
        this.channel = channel;
        this.loop = accepted.loop();
        this.metrics = door.metrics();
        this.settings = door.settings().protocols();
        this.edge = door.settings().edge();
        this.limits = settings.limits();
        this.exchange = new Exchange(door, loop, this, accepted.client());
        this.parser = new RequestParser(loop.workbench());
        parser.limit(limits.maxHeaderOctets(), limits.maxHeaders());
        this.body = parser.body();
        this.headWriter = new HeadWriter(loop.workbench());
        this.timers = new ConnectionTimers(this, loop, metrics, limits);
        headTimeout = HeadTimeout.isAny(limits) ? new HeadTimeout(this, loop, limits) : null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        loop.beginBatch();
        ByteBuf bytes = (ByteBuf) message;
        metrics.count(loop.index(), HttpMetrics.CX_RX_BYTES, bytes.readableBytes());
        if (phase == Phase.CLOSING) {
            bytes.release();
            return;
        }
        unread = unread == null ? bytes : Bytes.join(ctx.alloc(), unread, bytes);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.endBatch();
    }

    /** Reads on in what has come, as far as the exchange wants it. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (unread != null && step(unread)) {
                // Each step reads a head or a part of a body.
            }
        } finally {
            processing = false;
        }
        if (unread != null && !unread.isReadable()) {
            unread.release();
            unread = null;
        }
        if (headTimeout != null) {
            headTimeout.watch(phase == Phase.HEAD && parser.started());
        }
        if (inputEnded && unread == null && phase == Phase.BODY) {
            phase = Phase.RESPONSE;
            exchange.end(null);
        }
        read();
    }

    /** Returns false where there is nothing more to be done now. */
    private boolean step(ByteBuf bytes) {
        switch (phase) {
            case HEAD -> {
                // Who asks on and does not read must not have ever more answers kept here.
                if (!bytes.isReadable() || !channel.isWritable()) {
                    return false;
                }
                if (parser.parse(bytes, exchange.head())) {
                    begin();
                    return true;
                }
                return refused(parser.refusal());
            }
            case BODY -> {
                return !paused && bytes.isReadable() && readBody(bytes);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean readBody(ByteBuf bytes) {
        ByteBuf data = body.read(bytes);
        if (data != null) {
            exchange.body(data);
        } else if (!body.done()) {
            return refused(body.refusal());
        }
        if (body.done() && phase == Phase.BODY) {
            phase = Phase.RESPONSE;
            exchange.end(settings.http1Trailers() ? body.trailers() : null);
        }
        return true;
    }

    private boolean refused(@Nullable Refusal why) {
        if (why == null) {
            return false;
        }
        metrics.count(loop.index(), HttpMetrics.CX_PROTOCOL_ERROR);
        if (why.status() == 431) {
            metrics.count(loop.index(), HttpMetrics.RQ_TOO_LARGE);
        }
        refuse(why.status(), Refusals.body(why), Refusals.flag(why));
        return true;
    }

    private void refuse(int status, String text, @Nullable ResponseFlag flag) {
        keepAlive = false;
        exchange.refuse(
                minorVersion == 1 ? Protocol.HTTP_1_1 : Protocol.HTTP_1_0, status, text, flag);
    }

    /**
     * @param ofHead whether that is what was bound, else the whole request
     */
    void headTimedOut(boolean ofHead) {
        metrics.count(
                loop.index(), ofHead ? HttpMetrics.RQ_HEADER_TIMEOUT : HttpMetrics.RQ_TIMEOUT);
        refuse(408, ofHead ? "request header timeout" : "request timeout", null);
    }

    private void begin() {
        timers.touch();
        boolean end = body.done();
        minorVersion = 1;
        phase = end ? Phase.RESPONSE : Phase.BODY;
        paused = false;
        keepAlive = parser.keepAlive() && !draining;
        if (++requests == limits.maxRequestsPerConnection()) {
            metrics.count(loop.index(), HttpMetrics.CX_MAX_REQUESTS_REACHED);
            keepAlive = false;
        }
        toHead = exchange.head().method().equals("HEAD");
        if (parser.underscored() && !underscores()) {
            return;
        }
        if (parser.minorVersion() == 0 && !http10()) {
            return;
        }
        if (body.endsWithConnection()) {
            upgrade();
        }
        if (parser.expectsContinue()) {
            expect(end);
        }
        exchange.begin(minorVersion == 1 ? Protocol.HTTP_1_1 : Protocol.HTTP_1_0, end);
    }

    /** Whether it is granted or not, what follows cannot be taken for another request. */
    private void upgrade() {
        String upgrade = parser.upgrade();
        exchange.head().upgrade(upgrade == null ? UpgradeRules.CONNECT : upgrade);
        keepAlive = false;
    }

    /** Whether a request with underscores in names may begin; it is answered where not. */
    private boolean underscores() {
        if (Underscores.pass(exchange.head().headers(), edge, accepted.codecs(), false)) {
            return true;
        }
        metrics.count(loop.index(), HttpMetrics.CX_PROTOCOL_ERROR);
        refuse(400, "Bad Request", ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
        return false;
    }

    /** Whether a request of HTTP/1.0 may begin; it is answered where not. */
    private boolean http10() {
        if (!settings.acceptHttp10()) {
            refuse(426, "Upgrade Required", ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
            return false;
        }
        minorVersion = 0;
        if (exchange.head().authority().isEmpty()) {
            exchange.head().authority(settings.defaultHostForHttp10());
            if (settings.defaultHostForHttp10().isEmpty()) {
                refuse(400, "", null);
                return false;
            }
        }
        return true;
    }

    private void expect(boolean end) {
        if (!settings.proxy100Continue()) {
            exchange.head().headers().remove("expect");
            if (!end) {
                send(CONTINUE.duplicate());
            }
        }
    }

    @Override
    public void ignoreRequest() {
        keepAlive = false;
    }

    @Override
    public void informational(ResponseHead head) {
        if (minorVersion == 1) {
            BodyWriter none = new BodyWriter();
            send(headWriter.response(channel.alloc(), head, none, true, toHead, 1, true));
        }
    }

    @Override
    public void head(ResponseHead head, boolean last) {
        if (draining && keepAlive) {
            keepAlive = false;
            metrics.count(loop.index(), HttpMetrics.CX_DRAIN_CLOSE);
        }
        send(
                headWriter.response(
                        channel.alloc(), head, bodyWriter, last, toHead, minorVersion, keepAlive));
        keepAlive &= !bodyWriter.endsWithConnection();
    }

    @Override
    public void tunnel(ResponseHead head) {
        tunnel = true;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        send(headWriter.tunnel(channel.alloc(), head, bodyWriter, minorVersion));
    }

    @Override
    public void endOutput() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && tunnel) {
            inputEnded = true;
            process();
        }
    }

    @Override
    public boolean write(ByteBuf data) {
        if (!bodyWriter.write(data, channel.alloc(), sink)) {
            exchange.closed();
            reset();
            return true;
        }
        return channel.isWritable();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (!bodyWriter.end(settings.http1Trailers() ? trailers : null, sink)) {
            reset();
            return;
        }
        if (!keepAlive || phase != Phase.RESPONSE) {
            closeInPeace();
            return;
        }
        phase = Phase.HEAD;
        if (draining && unread == null) {
            closeInPeace();
        } else {
            process();
        }
    }

    @Override
    public void reset() {
        if (phase != Phase.CLOSING) {
            closing();
            channel.flush();
            channel.close();
        }
    }

    private void closing() {
        phase = Phase.CLOSING;
        accepted.closedFromHere();
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    /** Closes so that the client gets all that was written, even where it is still sending. */
    private void closeInPeace() {
        boolean silent = phase != Phase.BODY && phase != Phase.HEAD && unread == null;
        closing();
        ChannelFuture flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (!flushed.isDone()) {
            UnreadAnswer.watch(channel, loop, limits.streamIdleMillis());
        }
        if (silent) {
            flushed.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        flushed.addListener(
                written -> {
                    ((DuplexChannel) channel).shutdownOutput();
                    loop.arm(new LingeringClose(channel), LingeringClose.MILLIS);
                });
        read();
    }

    @Override
    public void pause() {
        paused = true;
        if (!processing) {
            read();
        }
    }

    @Override
    public void resume() {
        paused = false;
        process();
    }

    /**
     * Reads from the socket, or not: as the request's body can be passed on, or its end is waited
     * for.
     */
    private void read() {
        boolean tooFarAhead = unread != null && unread.readableBytes() >= MOST_AHEAD;
        // Before an upgrade a little is read, so that a client that leaves is noticed.
        boolean held = paused && phase == Phase.BODY && (tunnel || !body.endsWithConnection());
        boolean wanted = phase == Phase.CLOSING || !tooFarAhead && !held;
        ChannelConfig config = channel.config();
        if (config.isAutoRead() != wanted) {
            config.setAutoRead(wanted);
        }
    }

    private void send(ByteBuf bytes) {
        metrics.count(loop.index(), HttpMetrics.CX_TX_BYTES, bytes.readableBytes());
        channel.write(bytes, channel.voidPromise());
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    @Override
    public void flush() {
        flushAsked = false;
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!channel.isWritable()) {
            return;
        }
        exchange.writable();
        if (phase == Phase.HEAD && unread != null) {
            process();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (exchange.running()) {
            metrics.count(loop.index(), HttpMetrics.CX_DESTROY_REMOTE_ACTIVE_RQ);
        }
        phase = Phase.CLOSING;
        timers.stop();
        if (headTimeout != null) {
            headTimeout.disarm();
        }
        exchange.closed();
        if (unread != null && !processing) {
            unread.release();
            unread = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.caught(cause);
        channel.close();
    }

    @Override
    public boolean busy() {
        return phase != Phase.HEAD;
    }

    @Override
    public void idle() {
        metrics.count(loop.index(), HttpMetrics.CX_IDLE_TIMEOUT);
        closing();
        channel.close();
    }

    @Override
    public void leave() {
        draining = true;
    }

    @Override
    public void drain() {
        draining = true;
        if (!busy() && !parser.started() && unread == null) {
            metrics.count(loop.index(), HttpMetrics.CX_DRAIN_CLOSE);
            closing();
            channel.close();
        }
    }
}
