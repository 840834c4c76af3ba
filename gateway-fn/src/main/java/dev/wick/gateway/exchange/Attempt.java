package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.PlainTcp;
import dev.wick.gateway.upstream.ProxiedConnection;
import dev.wick.gateway.upstream.UpstreamEvents;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.gateway.upstream.UpstreamRequest;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One try of a request at one host. What it hears goes to its {@link Forwarding}, which decides
 * whether the client hears it too. Confined to the exchange's loop; used again for the next
 * exchange.
 */
final class Attempt implements UpstreamEvents {

    /** What bounds it. */
    enum Limit {
        /** From the whole request to the answer's head. */
        WHOLE(ClusterMetrics.RQ_PER_TRY_TIMEOUT),
        /** How long nothing moves. */
        IDLE(ClusterMetrics.RQ_PER_TRY_IDLE_TIMEOUT),
        /** From the connection to the answer's end. */
        LIFE(ClusterMetrics.RQ_MAX_DURATION_REACHED);

        final Metric.Counter counter;

        Limit(Metric.Counter counter) {
            this.counter = counter;
        }
    }

    private final Exchange exchange;
    private final Forwarding forwarding;
    private @Nullable UpstreamRequest request;

    /** The host's answer is complete, or has failed. */
    private boolean over;

    private boolean paused;

    /** After the end. */
    private @Nullable Member host;

    /** It has a connection. */
    private boolean begun;

    /** Its answer is not wanted. */
    private boolean dropped;

    /** The next try began while this one goes on. */
    private boolean retried;

    /** Its answer's head has come. */
    private boolean headed;

    /** Its host is held to have been too slow. */
    private boolean slow;

    private long wholeMillis;
    private long idleMillis;
    private long lifeMillis;
    private @Nullable TryLimit whole;
    private @Nullable TryLimit idle;
    private @Nullable TryLimit life;

    Attempt(Exchange exchange, Forwarding forwarding) {
        this.exchange = exchange;
        this.forwarding = forwarding;
    }

    /**
     * Sends the head; no event comes before this returns.
     *
     * @param selection what is asked of the host; null: any
     */
    void send(Cluster to, Loop loop, RequestHead head, boolean end, @Nullable Selection selection) {
        disarm();
        headed = false;
        slow = false;
        host = null;
        over = false;
        paused = false;
        begun = false;
        dropped = false;
        retried = false;
        if (lifeMillis < 0) {
            lifeMillis = to.maxStreamMillis();
        }
        // The end of a tunnel is told once it stands, and what ends it is no longer HTTP.
        boolean bodyless = end && !exchange.upgrading();
        request = to.send(loop, head, bodyless, selection, forwarding.high(), this);
    }

    /**
     * Bounds it, before it is sent.
     *
     * @param whole milliseconds from the whole request, on a connection, to the answer's head; 0:
     *     no bound
     * @param idle milliseconds in which nothing moves; 0: no bound
     * @param life milliseconds from the connection to the answer's end; 0: no bound; -1: what the
     *     cluster says
     */
    void bound(long whole, long idle, long life) {
        wholeMillis = whole;
        idleMillis = idle;
        lifeMillis = life;
    }

    /** Whether it was sent and something may still come of it. */
    boolean running() {
        return request != null && !over && !dropped;
    }

    /** Whether nothing comes of it any more, wanted or not. */
    boolean over() {
        return request == null || over;
    }

    /** Its host took too long, which counts against it once. */
    void tooSlow(int status) {
        if (request != null && !slow) {
            slow = true;
            request.tooSlow(status);
        }
    }

    /** Whether the head of its answer is still to come. */
    boolean awaitsHead() {
        return running() && !headed;
    }

    /** Whether it had a connection. */
    boolean hasBegun() {
        return begun;
    }

    boolean retried() {
        return retried;
    }

    void markRetried() {
        retried = true;
    }

    /**
     * Its answer is not wanted.
     *
     * @param ending whether nothing more of it comes than its end, so that its connection can be
     *     kept
     */
    void drop(boolean ending) {
        if (ending) {
            dropped = true;
            disarm();
        } else {
            close();
        }
    }

    @Override
    public void begun() {
        begun = true;
        forwarding.begun();
        if (idleMillis > 0) {
            idle = armed(idle, Limit.IDLE, idleMillis);
        }
        if (lifeMillis > 0) {
            life = armed(life, Limit.LIFE, lifeMillis);
        }
        if (exchange.requestEnded()) {
            watchWhole();
        }
    }

    @Override
    public boolean triesAgain() {
        return forwarding.hasRetryPolicy();
    }

    private void watchWhole() {
        if (wholeMillis > 0) {
            whole = armed(whole, Limit.WHOLE, wholeMillis);
        }
    }

    private TryLimit armed(@Nullable TryLimit known, Limit limit, long millis) {
        TryLimit deadline = known == null ? new TryLimit(this, limit) : known;
        exchange.loop.arm(deadline, millis);
        return deadline;
    }

    private void moved() {
        if (idle != null && idle.armed()) {
            exchange.loop.arm(idle, idleMillis);
        }
    }

    private void disarm() {
        disarm(whole);
        disarm(idle);
        disarm(life);
    }

    private static void disarm(@Nullable TryLimit limit) {
        if (limit != null) {
            limit.disarm();
        }
    }

    /** One of its bounds is reached. */
    void tookTooLong(Limit limit) {
        forwarding.tookTooLong(this, limit);
    }

    /** See {@link UpstreamRequest#write}. */
    boolean write(ByteBuf data) {
        UpstreamRequest to = request;
        if (to == null) {
            data.release();
            return true;
        }
        moved();
        return to.write(data);
    }

    void endRequest(@Nullable Headers trailers) {
        if (request != null) {
            request.end(trailers);
            // With that a tunnel may be over, and an answer may have come before its request.
            if (begun && !headed && running()) {
                watchWhole();
            }
        }
    }

    /** The client takes less than comes. */
    void pause() {
        if (request != null) {
            paused = true;
            request.pause();
        }
    }

    void resume() {
        if (request != null && paused) {
            paused = false;
            request.resume();
        }
    }

    /** Where it went, once that is known. */
    @Nullable Member host() {
        return request == null ? host : request.host();
    }

    /** Nothing more is wanted of it: gives it up where it still runs, and forgets it. */
    void close() {
        UpstreamRequest running = request;
        host = host();
        request = null;
        disarm();
        if (running != null && !over) {
            running.reset();
        }
    }

    @Override
    public void chosen(@Nullable String name) {
        forwarding.chosen(name);
    }

    @Override
    public void informational(ResponseHead head) {
        moved();
        forwarding.informational(this, head);
    }

    @Override
    public void head(ResponseHead head) {
        headed = true;
        moved();
        forwarding.head(this, head);
    }

    /** The client gets its answer: from now on only standing still is too long. */
    void answers() {
        disarm(whole);
    }

    @Override
    public void body(ByteBuf data) {
        if (dropped) {
            data.release();
            return;
        }
        moved();
        forwarding.body(this, data);
    }

    @Override
    public void hostEnded() {
        forwarding.hostEnded();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        over = true;
        disarm();
        if (!dropped) {
            forwarding.end(trailers);
        }
    }

    @Override
    public void failed(UpstreamFailure why, String detail) {
        over = true;
        disarm();
        if (!dropped) {
            forwarding.failed(this, why);
        }
    }

    @Override
    public ProxiedConnection proxied() {
        return new ProxiedConnection(exchange.client.remote(), exchange.client.local());
    }

    @Override
    public @Nullable PlainTcp tunnel() {
        return forwarding.tunnel();
    }

    @Override
    public void writable() {
        forwarding.writable();
    }
}
