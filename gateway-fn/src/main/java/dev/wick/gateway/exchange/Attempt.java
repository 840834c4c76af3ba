package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.client.Loop;
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

    private final Forwarding forwarding;
    private @Nullable UpstreamRequest request;

    /** The host's answer is complete, or has failed. */
    private boolean over;

    private boolean paused;

    /** Of the host, after the end. */
    private @Nullable String host;

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

    private long perTryMillis;
    private long idleMillis;
    private @Nullable PerTry perTry;
    private @Nullable PerTry perTryIdle;

    /** What its cluster allows it; 0: any time. */
    private long mostMillis;

    private @Nullable TryDuration duration;

    Attempt(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /**
     * Sends the head; no event comes before this returns.
     *
     * @param selection what is asked of the host; null: any
     */
    void send(Cluster to, Loop loop, RequestHead head, boolean end, @Nullable Selection selection) {
        headed = false;
        slow = false;
        host = null;
        over = false;
        paused = false;
        begun = false;
        dropped = false;
        retried = false;
        mostMillis = to.maxStreamMillis();
        request = to.send(loop, head, end, selection, forwarding.high(), this);
    }

    /**
     * Bounds it, before it is sent.
     *
     * @param most milliseconds from the whole request, on a connection, to the answer's head; 0: no
     *     bound
     * @param idle milliseconds in which nothing moves; 0: no bound
     */
    void bound(long most, long idle) {
        perTryMillis = most;
        idleMillis = idle;
    }

    /** Whether the host's answer is complete, or has failed. */
    boolean over() {
        return over;
    }

    /** Whether it was sent and something may still come of it. */
    boolean running() {
        return request != null && !over && !dropped;
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
        if (mostMillis > 0) {
            duration = new TryDuration(this);
            forwarding.loop().arm(duration, mostMillis);
        }
        if (idleMillis > 0) {
            perTryIdle = new PerTry(this, true);
            forwarding.loop().arm(perTryIdle, idleMillis);
        }
        if (perTryMillis > 0 && forwarding.requestEnded()) {
            armPerTry();
        }
    }

    @Override
    public boolean triesAgain() {
        return forwarding.hasRetryPolicy();
    }

    private void armPerTry() {
        perTry = new PerTry(this, false);
        forwarding.loop().arm(perTry, perTryMillis);
    }

    private void moved() {
        if (perTryIdle != null) {
            forwarding.loop().arm(perTryIdle, idleMillis);
        }
    }

    private void disarm() {
        if (perTry != null) {
            perTry.disarm();
            perTry = null;
        }
        if (perTryIdle != null) {
            perTryIdle.disarm();
            perTryIdle = null;
        }
        if (duration != null) {
            duration.disarm();
            duration = null;
        }
    }

    void livedTooLong() {
        close();
        forwarding.livedTooLong(this);
    }

    void tookTooLong(boolean idle) {
        forwarding.tookTooLong(this, idle);
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
            if (begun && perTryMillis > 0 && perTry == null) {
                armPerTry();
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

    /** The {@code address:port} of the host, once one is chosen. */
    @Nullable String host() {
        return request == null ? host : request.upstreamAddress();
    }

    /** Nothing more is wanted of it: gives it up where it still runs, and forgets it. */
    void close() {
        UpstreamRequest running = request;
        host = host();
        request = null;
        perTryMillis = 0;
        idleMillis = 0;
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
        forwarding.informational(head);
    }

    @Override
    public void head(ResponseHead head) {
        headed = true;
        moved();
        forwarding.head(this, head);
    }

    /** The client gets its answer: from now on only standing still is too long. */
    void chosen() {
        if (perTry != null) {
            perTry.disarm();
        }
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
        return forwarding.proxied();
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
