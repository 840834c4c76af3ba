package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.BodyReader;
import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.codec.RequestParser;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.Exchange;
import dev.wick.gateway.exchange.LocalReply;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection. Confined to its loop.
 *
 * <p>Requests are taken one at a time: what a client sends ahead waits, unread beyond a little,
 * until the response before it is complete. One exchange serves them all, one after the other.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {

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
    private final Http1Terms terms;
    private final Exchange exchange;
    private final @Nullable Overload overload;
    private final RequestParser parser;
    private final BodyReader body;
    private final Http1Input input;
    private final Http1Output output;
    private final Http1Answer answer;
    private final ConnectionTimers timers;
    private final @Nullable HeadTimeout headTimeout;
    private final Channel channel;

    private Phase phase = Phase.HEAD;
    private boolean processing;
    private boolean paused;
    private boolean draining;

    Http1Connection(Accepted accepted, Door door, Channel channel) {
        this.accepted = accepted;
        this.channel = channel;
        this.loop = accepted.loop();
        this.metrics = door.metrics();
        this.settings = door.settings().protocols();
        this.terms = new Http1Terms(door, accepted);
        this.overload = door.overload();
        LimitSettings limits = settings.limits();
        this.input = new Http1Input(channel);
        this.output = new Http1Output(channel, loop, metrics, settings.names());
        this.answer = new Http1Answer(this, accepted, door, input, output);
        this.exchange = new Exchange(door, loop, answer, accepted.client());
        this.parser = new RequestParser(loop.workbench());
        parser.limit(limits.maxHeaderOctets(), limits.maxHeaders());
        parser.names(settings.names());
        this.body = parser.body();
        this.timers = new ConnectionTimers(this, loop, metrics, limits, accepted.ageMillis());
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
        input.add(bytes);
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
            ByteBuf unread = input.unread();
            while (unread != null && step(unread)) {
                // Each step reads a head or a part of a body, and may drop all that is left.
                unread = input.unread();
            }
        } finally {
            processing = false;
        }
        input.trim();
        if (headTimeout != null) {
            headTimeout.watch(phase == Phase.HEAD && parser.started());
        }
        if (input.isOver() && phase == Phase.BODY) {
            phase = Phase.RESPONSE;
            exchange.end(null);
        }
        read();
    }

    /** Returns false where there is nothing more to be done now. */
    private boolean step(ByteBuf bytes) {
        return switch (phase) {
            // Who asks on and does not read must not have ever more answers kept here.
            case HEAD -> bytes.isReadable() && channel.isWritable() && readHead(bytes);
            case BODY -> !paused && bytes.isReadable() && readBody(bytes);
            default -> false;
        };
    }

    private boolean readHead(ByteBuf bytes) {
        if (parser.parse(bytes, exchange.head())) {
            begin();
            return true;
        }
        if (parser.refusal() == null && sheds()) {
            answer.endConnection();
            answer.beginUnknown();
            exchange.shed(answer.protocol());
            return true;
        }
        return refused(parser.refusal());
    }

    /** Whether memory is too short for a part of a head; before it there is nothing to answer. */
    private boolean sheds() {
        return parser.started() && overload != null && overload.shedsPart();
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
        refuse(Refusals.reply(why));
        return true;
    }

    private void refuse(LocalReply reply) {
        answer.endConnection();
        if (phase == Phase.HEAD) {
            answer.beginUnknown();
        }
        exchange.refuse(answer.protocol(), reply);
    }

    /**
     * @param ofHead whether that is what was bound, else the whole request
     */
    void headTimedOut(boolean ofHead) {
        metrics.count(
                loop.index(), ofHead ? HttpMetrics.RQ_HEADER_TIMEOUT : HttpMetrics.RQ_TIMEOUT);
        refuse(ofHead ? LocalReply.HEAD_TIMEOUT : LocalReply.REQUEST_TIMEOUT);
    }

    private void begin() {
        boolean end = body.done();
        phase = end ? Phase.RESPONSE : Phase.BODY;
        paused = false;
        boolean keep = !timers.begun() && parser.keepAlive() && !draining;
        boolean ofHead = exchange.head().method().equals("HEAD");
        answer.begin(ofHead, terms.http10() ? parser.minorVersion() : 1, keep);
        LocalReply broken = terms.broken(parser, exchange.head());
        if (broken != null) {
            refuse(broken);
            return;
        }
        if (body.endsWithConnection()) {
            upgrade();
        }
        if (parser.expectsContinue() && terms.answersExpect(exchange.head()) && !end) {
            answer.goOn();
        }
        exchange.begin(answer.protocol(), end);
    }

    /** Granted or not, what follows is no other request. CONNECT is an upgrade to itself. */
    private void upgrade() {
        String upgrade = parser.upgrade();
        exchange.head().upgrade(upgrade == null ? exchange.head().method() : upgrade);
        answer.endConnection();
    }

    /** Whether more of the request's body is to come. */
    boolean inBody() {
        return phase == Phase.BODY;
    }

    boolean draining() {
        return draining;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent) || !input.end()) {
            return;
        }
        if (phase == Phase.CLOSING) {
            // The client of a tunnel has ended too: only what is on its way to it is waited for.
            output.close(true, settings.limits().delayedCloseMillis());
        } else {
            process();
        }
    }

    /** The answer is longer than its head declared. */
    void overrun() {
        exchange.closed();
        reset();
    }

    /**
     * The answer is complete.
     *
     * @param kept whether the connection is, behind it
     */
    void answered(boolean kept) {
        if (!kept || phase != Phase.RESPONSE) {
            closeInPeace();
            return;
        }
        phase = Phase.HEAD;
        if (draining && input.isEmpty()) {
            closeInPeace();
        } else {
            process();
        }
    }

    /** The answer is cut short, and the client sees that. */
    void reset() {
        if (phase != Phase.CLOSING) {
            closing();
            channel.flush();
            channel.close();
        }
    }

    private void closing() {
        phase = Phase.CLOSING;
        parser.forget();
        accepted.closedFromHere();
        input.drop();
    }

    /** Closes so that the client gets all that was written, even where it is still sending. */
    private void closeInPeace() {
        boolean silent = phase != Phase.BODY && phase != Phase.HEAD && input.isEmpty();
        closing();
        output.close(silent, settings.limits().delayedCloseMillis());
        if (!silent) {
            read();
        }
    }

    /** The request's body cannot be passed on until {@link #resume}. */
    void pause() {
        paused = true;
        if (!processing) {
            read();
        }
    }

    void resume() {
        paused = false;
        process();
    }

    /**
     * Reads from the socket, or not: as the request's body can be passed on, or its end is waited
     * for.
     */
    private void read() {
        // Before an upgrade a little is read, so that a client that leaves is noticed.
        boolean held =
                paused && phase == Phase.BODY && (input.isTunnel() || !body.endsWithConnection());
        input.read(phase == Phase.CLOSING, held);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!channel.isWritable()) {
            return;
        }
        exchange.writable();
        if (phase == Phase.HEAD && !input.isEmpty()) {
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
        input.drop();
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
    public boolean carries() {
        return busy();
    }

    @Override
    public void weigh(Heaviest heaviest) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting != null) {
            heaviest.offer(waiting.totalPendingWriteBytes(), this::shed);
        }
    }

    private void shed() {
        exchange.shed();
        closing();
        channel.close();
    }

    @Override
    public void idle() {
        metrics.count(loop.index(), HttpMetrics.CX_IDLE_TIMEOUT);
        closeInPeace();
    }

    @Override
    public void leave() {
        draining = true;
    }

    @Override
    public void drain() {
        draining = true;
        if (!busy() && !parser.started() && input.isEmpty()) {
            metrics.count(loop.index(), HttpMetrics.CX_DRAIN_CLOSE);
            closeInPeace();
        }
    }
}
