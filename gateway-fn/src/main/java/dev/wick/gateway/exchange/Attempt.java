package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.upstream.Cluster;
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

    Attempt(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /**
     * Sends the head; no event comes before this returns.
     *
     * @param selection what is asked of the host; null: any
     */
    void send(Cluster to, Loop loop, RequestHead head, boolean end, @Nullable Selection selection) {
        over = false;
        paused = false;
        request = to.send(loop, head, end, selection, this);
    }

    /** Whether the host's answer is complete, or has failed. */
    boolean over() {
        return over;
    }

    /** See {@link UpstreamRequest#write}. */
    boolean write(ByteBuf data) {
        UpstreamRequest to = request;
        if (to == null) {
            data.release();
            return true;
        }
        return to.write(data);
    }

    void endRequest(@Nullable Headers trailers) {
        if (request != null) {
            request.end(trailers);
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
        return request == null ? null : request.upstreamAddress();
    }

    /** Nothing more is wanted of it: gives it up where it still runs, and forgets it. */
    void close() {
        UpstreamRequest running = request;
        request = null;
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
        forwarding.informational(head);
    }

    @Override
    public void head(ResponseHead head) {
        forwarding.head(head);
    }

    @Override
    public void body(ByteBuf data) {
        forwarding.body(this, data);
    }

    @Override
    public void hostEnded() {
        forwarding.hostEnded();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        over = true;
        forwarding.end(trailers);
    }

    @Override
    public void failed(UpstreamFailure why, String detail) {
        over = true;
        forwarding.failed(why);
    }

    @Override
    public ProxiedConnection proxied() {
        return forwarding.proxied();
    }

    @Override
    public void writable() {
        forwarding.writable();
    }
}
