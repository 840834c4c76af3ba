package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.FinishedExchange;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.ReplySettings;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.Route;
import dev.wick.route.Timeouts;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Confined to the loop of its connection.
 *
 * <p>The edge fills in {@link #head}, calls {@link #begin}, then feeds the body; what comes back
 * goes to the {@link Downstream}. When the exchange is over (the downstream is told by {@code end}
 * or {@code reset}, or the edge said {@link #closed}) it forgets everything, and the connection may
 * use it for its next request.
 */
public final class Exchange {

    private static final long NANOS = 1_000_000;

    final Door door;
    final Loop loop;
    final Downstream downstream;
    final RequestHead head = new RequestHead();
    final FinishedExchange finished = new FinishedExchange();
    final ClientConnection client;
    private final Routing routing = new Routing(this);
    private final Forwarding forwarding = new Forwarding(this);
    private final Concurrency.Place place = new Concurrency.Place(this);
    private final IdleTimeout idleTimeout = new IdleTimeout(this);
    private final ExchangeFacts facts = new ExchangeFacts(this);

    private @Nullable StreamDuration streamDuration;
    private @Nullable RequestTimeout requestTimeout;
    private boolean running;
    private boolean requestEnded;
    private boolean answering;
    private boolean upgrading;
    private long startNanos;
    private String clientAddress = "";

    /**
     * @param client the connection that it comes by
     */
    public Exchange(Door door, Loop loop, Downstream downstream, ClientConnection client) {
        this.door = door;
        this.loop = loop;
        this.downstream = downstream;
        this.client = client;
    }

    /**
     * The request's head, to be filled in before {@link #begin}; empty again when the exchange is
     * over.
     */
    public RequestHead head() {
        return head;
    }

    /** Whether a request has begun that is not over. */
    public boolean running() {
        return running;
    }

    /**
     * The head is there. May be answered before this returns.
     *
     * @param end whether there is no body
     */
    public void begin(Protocol protocol, boolean end) {
        start(protocol);
        head.http2(protocol == Protocol.HTTP_2);
        requestEnded = end;
        if (end) {
            finished.requestMillis = 0;
        } else {
            idleTimeout.start();
            watchRequest();
        }
        long most = door.settings().protocols().limits().maxStreamMillis();
        if (most > 0) {
            streamDuration = StreamDuration.start(this, most);
        }
        Overload overload = door.overload();
        if (overload != null && overload.sheds(loop.index(), startNanos)) {
            overloaded();
        } else if (Entry.pass(this, client) && place.take()) {
            routing.route();
        }
    }

    private void watchRequest() {
        long millis = door.settings().protocols().limits().requestMillis();
        if (millis > 0) {
            if (requestTimeout == null) {
                requestTimeout = new RequestTimeout(this);
            }
            loop.arm(requestTimeout, millis);
        }
    }

    /** The request is not complete; one that is being answered may take its time. */
    void requestTimedOut() {
        if (!answering && !requestEnded && !upgrading) {
            door.metrics().count(loop.index(), HttpMetrics.RQ_TIMEOUT);
            reply(LocalReply.REQUEST_TIMEOUT);
        }
    }

    /** Answers a request that is none, or whose body is none. */
    public void refuse(Protocol protocol, LocalReply reply) {
        if (!running) {
            start(protocol);
        }
        if (answering) {
            cut(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR, reply.details());
        } else {
            reply(reply);
        }
    }

    private void start(Protocol protocol) {
        assert loop.inLoop() && !running;
        running = true;
        requestEnded = false;
        answering = false;
        upgrading = false;
        startNanos = System.nanoTime();
        clientAddress = client.address();
        finished.startMillis = System.currentTimeMillis();
        finished.protocol = protocol.text();
        finished.method = head.method();
        finished.path = head.path();
        finished.authority = head.authority();
        door.begun(loop.index(), protocol == Protocol.HTTP_2);
    }

    /** A part of the request's body, of which this becomes the owner. */
    public void body(ByteBuf data) {
        if (!running) {
            data.release();
            return;
        }
        finished.bytesReceived += data.readableBytes();
        idleTimeout.touch();
        if (!forwarding.requestBody(data)) {
            downstream.pause();
        }
    }

    /** The request is complete; trailers are null where there are none. */
    public void end(@Nullable Headers trailers) {
        if (running && !requestEnded) {
            requestEnded = true;
            finished.requestMillis = (System.nanoTime() - startNanos) / NANOS;
            forwarding.requestEnd(trailers);
        }
    }

    /** The client takes more of the response's body. */
    public void writable() {
        forwarding.resume();
    }

    /** The client is gone: nothing more is sent to it. */
    public void closed() {
        gone(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION, "downstream_remote_disconnect");
    }

    /** The client has reset the request: nothing more is sent to it. */
    public void reset() {
        gone(ResponseFlag.DOWNSTREAM_REMOTE_RESET, "http2.remote_reset");
    }

    private void gone(ResponseFlag how, String details) {
        if (running) {
            door.metrics().count(loop.index(), HttpMetrics.RQ_RX_RESET);
            finished.flag(how);
            finished.details = details;
            finish();
        }
    }

    /** Refuses a request of which a part has come, because memory runs short. */
    public void shed(Protocol protocol) {
        start(protocol);
        overloaded();
    }

    private void overloaded() {
        door.metrics().count(loop.index(), HttpMetrics.RQ_OVERLOAD_CLOSE);
        reply(LocalReply.OVERLOADED);
    }

    /** More is kept for the client than can be while memory runs short. */
    public void shed() {
        if (running) {
            cut(ResponseFlag.OVERLOAD_MANAGER, LocalReply.OVERLOADED.details());
        }
    }

    boolean requestEnded() {
        return requestEnded;
    }

    /** Its connection is to become something else, and may. */
    boolean upgrading() {
        return upgrading;
    }

    void upgrade() {
        upgrading = true;
        door.metrics().count(loop.index(), HttpMetrics.CX_UPGRADES_TOTAL);
        door.metrics().add(loop.index(), HttpMetrics.CX_UPGRADES_ACTIVE, 1);
    }

    /** The host has agreed: what follows goes through as it is. */
    void tunnel(ResponseHead response) {
        answering = true;
        finished.status = response.status();
        downstream.tunnel(response);
        downstream.resume();
    }

    boolean answering() {
        return answering;
    }

    @Nullable Route route() {
        return routing.chosen();
    }

    /** What formats are filled in with. */
    ExchangeFacts facts() {
        return facts;
    }

    /** Sends the request on. */
    Forwarding forwarding() {
        return forwarding;
    }

    /** The IP address that counts as the client's, which need not be the connection's. */
    String clientAddress() {
        return clientAddress;
    }

    void clientAddress(String address) {
        clientAddress = address;
    }

    long startNanos() {
        return startNanos;
    }

    /** Among the requests that run at once. */
    Concurrency.Place place() {
        return place;
    }

    Routing routing() {
        return routing;
    }

    /**
     * The request is complete.
     *
     * @param bound how long its answer may take at most; 0: any time
     */
    void watchIdle(long bound) {
        long idle = door.settings().protocols().limits().streamIdleMillis();
        if (bound == 0 || idle > 0 && idle < bound) {
            idleTimeout.start();
        }
    }

    /**
     * What a route says of how long the exchange may be idle and live; where it does not say how
     * long it may live, the listener does.
     *
     * @return whether it says how long nothing may move
     */
    boolean bound(Timeouts timeouts) {
        if (timeouts.idleMillis() >= 0) {
            idleTimeout.start(timeouts.idleMillis());
        }
        if (streamDuration != null) {
            streamDuration.disarm();
        }
        streamDuration = StreamDuration.start(this, timeouts);
        return timeouts.idleMillis() >= 0;
    }

    /** It has lived for as long as its route allows. */
    void livedTooLong() {
        door.metrics().count(loop.index(), HttpMetrics.RQ_MAX_DURATION_REACHED);
        if (answering) {
            cut(LocalReply.DURATION_HOST.details());
        } else {
            reply(requestEnded ? LocalReply.DURATION_HOST : LocalReply.DURATION_CLIENT);
        }
    }

    void touch() {
        idleTimeout.touch();
    }

    /** Nothing moved for the stream idle timeout. */
    void idle() {
        door.metrics().count(loop.index(), HttpMetrics.RQ_IDLE_TIMEOUT);
        if (answering) {
            cut(ResponseFlag.STREAM_IDLE_TIMEOUT, LocalReply.IDLE_HOST.details());
        } else {
            reply(requestEnded ? LocalReply.IDLE_HOST : LocalReply.IDLE_CLIENT);
        }
    }

    /** Sends the head of a response: the host's, or one made here. */
    void respond(ResponseHead head, boolean last) {
        answering = true;
        finished.status = head.status();
        downstream.head(head, last);
    }

    /** The response's last word; unless the client was found to be gone while it was told. */
    void complete(@Nullable Headers trailers) {
        if (!running) {
            return;
        }
        facts.trailers(trailers);
        place.leave(true);
        finish();
        downstream.end(trailers);
    }

    /** Ends the exchange in the middle of a response, so that the client sees it. */
    void cut(ResponseFlag why, String details) {
        finished.flag(why);
        cut(details);
    }

    private void cut(String details) {
        finished.details = details;
        door.metrics().count(loop.index(), HttpMetrics.RQ_TX_RESET);
        finish();
        downstream.reset();
    }

    /** Answers from here. */
    void reply(LocalReply reply) {
        LocalReplies.reply(this, reply);
    }

    /** Sends a response made here, which lacks the headers of its body, and ends the exchange. */
    void answer(ResponseHead head, byte[] body) {
        LocalReplies.answer(this, head, body);
    }

    private void finish() {
        running = false;
        place.leave(false);
        idleTimeout.disarm();
        if (streamDuration != null) {
            streamDuration.disarm();
            streamDuration = null;
        }
        if (requestTimeout != null) {
            requestTimeout.disarm();
        }
        Headers headers = head.headers();
        finished.durationMillis = (System.nanoTime() - startNanos) / NANOS;
        finished.forwardedFor = headers.joined("x-forwarded-for");
        finished.userAgent = headers.get("user-agent");
        finished.requestId = headers.get("x-request-id");
        ReplySettings.Body format = door.settings().policies().logFormat();
        finished.line = format == null ? null : LogText.line(format, facts);
        forwarding.close(finished);
        routing.close();
        door.finished(loop.index(), finished);
        finished.clear();
        facts.clear();
        head.method("");
        head.path("");
        head.authority("");
        head.upgrade("");
        headers.clear();
        if (upgrading) {
            upgrading = false;
            door.metrics().add(loop.index(), HttpMetrics.CX_UPGRADES_ACTIVE, -1);
        }
    }
}
