package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One request to a cluster. Confined to its loop.
 *
 * <p>It waits for the cluster's hosts to be known, then for a connection in a host's pool; what is
 * written meanwhile is kept here, and the exchange told to stop. From then on it is the go-between
 * of its exchange and the connection, and when either is through with it, it is {@link #done} and
 * passes nothing on.
 */
final class Stream implements UpstreamRequest {

    /** What a host that cannot be reached counts as. */
    private static final int CONNECT_FAILED = 503;

    private final Cluster cluster;
    private final ClusterOnLoop onLoop;
    private final RequestHead head;
    private final boolean bodyless;
    private final @Nullable Selection selection;
    private final boolean high;
    private final UpstreamEvents events;

    private @Nullable Host host;
    private @Nullable Pool waitingIn;
    private @Nullable Carrier connection;
    private @Nullable Timer waitingForHosts;
    private @Nullable ArrayDeque<ByteBuf> kept;
    private @Nullable Headers trailers;
    private boolean ended;
    private boolean blocked;
    private boolean paused;
    private boolean sentAgain;
    private boolean redirected;
    private boolean done;

    Stream(
            Cluster cluster,
            ClusterOnLoop onLoop,
            RequestHead head,
            boolean bodyless,
            @Nullable Selection selection,
            boolean high,
            UpstreamEvents events) {
        this.cluster = cluster;
        this.onLoop = onLoop;
        this.head = head;
        this.bodyless = bodyless;
        this.ended = bodyless;
        this.selection = selection;
        this.high = high;
        this.events = events;
    }

    RequestHead head() {
        return head;
    }

    boolean bodyless() {
        return bodyless;
    }

    /** Whether the whole request was given to the connection. */
    boolean ended() {
        return ended;
    }

    boolean done() {
        return done;
    }

    /** Goes to one of the cluster's hosts, or waits until they are known. */
    void dispatch() {
        if (done) {
            return;
        }
        stopWaitingForHosts();
        HostSet set = cluster.hosts();
        if (!set.known() || cluster.health().warming()) {
            awaitHosts();
            return;
        }
        Host chosen = onLoop.choose(set, selection);
        if (chosen == null) {
            cluster.countNoneHealthy(onLoop.loop().index());
            failLater(UpstreamFailure.NO_HEALTHY_UPSTREAM, "no_healthy_upstream");
        } else if (sendTo(chosen)) {
            SocketSettings socket = cluster.connections().socket();
            if (socket.foresees()) {
                Foresight.look(set, onLoop, speech(), high, socket.predictive());
            }
        } else {
            // As Envoy has it where there may be no more pools.
            failLater(UpstreamFailure.NO_HEALTHY_UPSTREAM, "no_healthy_upstream");
        }
    }

    /** Returns false where there may be no pool of connections to it. */
    private boolean sendTo(Host chosen) {
        Pool own = chosen.pool(onLoop, speech(), high).of(this);
        if (own == null) {
            return false;
        }
        host = chosen;
        events.chosen(chosen.name());
        own.send(this);
        return true;
    }

    /** Whose connection it came by, which its host is to be told. */
    ProxiedConnection proxied() {
        return events.proxied();
    }

    /** What the host is spoken to in. */
    private Speech speech() {
        if (events.tunnel() != null) {
            return Speech.TCP;
        }
        return switch (cluster.connections().http()) {
            case HTTP1 -> Speech.HTTP1;
            case HTTP2 -> Speech.HTTP2;
            case DOWNSTREAM -> head.http2() ? Speech.HTTP2 : Speech.HTTP1;
        };
    }

    /** How it goes without HTTP; null where it does not. */
    @Nullable PlainTcp tunnel() {
        return events.tunnel();
    }

    private void awaitHosts() {
        if (!cluster.breaker(high).takesWaiting(onLoop.waiting())) {
            cluster.metrics().count(onLoop.loop().index(), ClusterMetrics.RQ_PENDING_OVERFLOW);
            failLater(UpstreamFailure.OVERFLOW, "overflow");
            return;
        }
        onLoop.await(this);
        waitingForHosts =
                onLoop.loop().schedule(cluster.connectTimeoutMillis(), this::hostsNotFound);
    }

    private void hostsNotFound() {
        stopWaitingForHosts();
        cluster.countNoneHealthy(onLoop.loop().index());
        fail(UpstreamFailure.NO_HEALTHY_UPSTREAM, "no_healthy_upstream");
    }

    private void stopWaitingForHosts() {
        if (waitingForHosts != null) {
            waitingForHosts.cancel();
            waitingForHosts = null;
            onLoop.withdraw(this);
        }
    }

    void waitIn(Pool pool) {
        waitingIn = pool;
    }

    /** It has a connection, which has written the head and asks for the rest. */
    void on(Carrier carrier) {
        waitingIn = null;
        connection = carrier;
        events.begun();
        if (paused) {
            carrier.read(false);
        }
        ArrayDeque<ByteBuf> writes = kept;
        if (writes != null) {
            kept = null;
            while (!done && !writes.isEmpty()) {
                carrier.send(writes.removeFirst());
            }
            releaseAll(writes);
        }
        if (ended && !bodyless && !done) {
            carrier.endRequest(trailers);
        }
        unblock();
    }

    /** The connection takes more. */
    void unblock() {
        if (blocked && !ended && !done) {
            blocked = false;
            events.writable();
        }
    }

    void informational(ResponseHead interim) {
        events.informational(interim);
    }

    void answered(ResponseHead response) {
        if (host != null) {
            cluster.health().answered(onLoop.loop().index(), host, response);
        }
        events.head(response);
    }

    void body(ByteBuf data) {
        events.body(data);
    }

    /** The host of a tunnel has sent all that it will. */
    void hostEnded() {
        if (!done) {
            events.hostEnded();
        }
    }

    void complete(@Nullable Headers trailers) {
        if (finish()) {
            events.end(trailers);
        }
    }

    void fail(UpstreamFailure why, String detail) {
        if (finish()) {
            if (host != null && why.ofHost()) {
                cluster.health().unreached(onLoop.loop().index(), host, CONNECT_FAILED);
            }
            events.failed(why, detail);
        }
    }

    /** As {@link #fail}, but not from within {@link Cluster#send}. */
    void failLater(UpstreamFailure why, String detail) {
        onLoop.loop().execute(() -> fail(why, detail));
    }

    private boolean finish() {
        if (done) {
            return false;
        }
        done = true;
        connection = null;
        waitingIn = null;
        stopWaitingForHosts();
        if (kept != null) {
            releaseAll(kept);
            kept = null;
        }
        return true;
    }

    private static void releaseAll(ArrayDeque<ByteBuf> buffers) {
        for (ByteBuf buffer = buffers.pollFirst(); buffer != null; buffer = buffers.pollFirst()) {
            buffer.release();
        }
    }

    /**
     * Sends it once more where a kept connection died under it before anything was heard, as they
     * do when a host closes them just then: once, for a method that may be repeated, and only where
     * nothing of a body has left. Where there is a retry policy that alone decides.
     *
     * @return false where it may not be sent again
     */
    boolean sendAgain() {
        if (done
                || sentAgain
                || !bodyless
                || !idempotent()
                || host == null
                || events.triesAgain()) {
            return false;
        }
        Pool own = host.pool(onLoop, speech(), high).of(this);
        if (own == null) {
            return false;
        }
        sentAgain = true;
        connection = null;
        own.sendAnew(this);
        return true;
    }

    /**
     * Goes to another host, once: nothing has been sent.
     *
     * @return false where it went to another host before
     */
    boolean redirect(Host other) {
        if (redirected) {
            return false;
        }
        redirected = true;
        return sendTo(other);
    }

    private boolean idempotent() {
        return switch (head.method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    @Override
    public boolean write(ByteBuf data) {
        Carrier carrier = connection;
        if (done || ended) {
            data.release();
            return true;
        }
        if (carrier != null) {
            blocked = !carrier.send(data);
            return !blocked;
        }
        if (kept == null) {
            kept = new ArrayDeque<>();
        }
        kept.addLast(data);
        blocked = true;
        return false;
    }

    @Override
    public void end(@Nullable Headers last) {
        if (done || ended) {
            return;
        }
        ended = true;
        trailers = last;
        if (connection != null) {
            connection.endRequest(last);
        }
    }

    @Override
    public void pause() {
        paused = true;
        if (connection != null) {
            connection.read(false);
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (connection != null) {
            connection.read(true);
        }
    }

    @Override
    public void reset() {
        Carrier carrier = connection;
        Pool pool = waitingIn;
        if (finish()) {
            if (carrier != null) {
                carrier.abort();
            } else if (pool != null) {
                pool.withdraw(this);
            }
        }
    }

    @Override
    public void tooSlow(int status) {
        if (!done && connection != null && host != null) {
            cluster.health().unreached(onLoop.loop().index(), host, status);
        }
    }

    @Override
    public @Nullable Member host() {
        return host;
    }

    Loop loop() {
        return onLoop.loop();
    }
}
