package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.UpstreamEvents;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.gateway.upstream.UpstreamRequest;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a request; what comes back is dropped. Confined to its loop. It outlives the exchange
 * whose copy it is.
 */
final class MirrorCopy extends Deadline implements UpstreamEvents {

    /**
     * What a host that is slower than the client is sent all the same; more, and it is given up.
     */
    private static final int MOST_BEHIND = 1024 * 1024;

    /** What each part takes beside its octets, at most. */
    private static final int AROUND_PART = 256;

    /** A part of less is copied, lest it hold on to the whole buffer that it was read into. */
    private static final int SMALL = 1024;

    private static final long NANOS = 1_000_000;

    private final Loop loop;
    private final long timeoutMillis;
    private @Nullable Cluster cluster;
    private @Nullable UpstreamRequest request;
    private int behind;
    private boolean answered;
    private long requestEndNanos;

    /**
     * @param timeoutMillis from the end of the request to the end of the answer; 0: any time
     */
    MirrorCopy(Loop loop, long timeoutMillis) {
        this.loop = loop;
        this.timeoutMillis = timeoutMillis;
    }

    void send(Cluster to, RequestHead head, boolean end) {
        cluster = to;
        request = to.send(loop, head, end, this);
        if (end) {
            watch();
        }
    }

    private void watch() {
        requestEndNanos = System.nanoTime();
        if (timeoutMillis > 0 && request != null) {
            loop.arm(this, timeoutMillis);
        }
    }

    /** The buffer stays the caller's. */
    void write(ByteBuf data) {
        UpstreamRequest to = request;
        if (to == null) {
            return;
        }
        int length = data.readableBytes();
        boolean kept = behind > 0 && length < SMALL;
        if (!to.write(kept ? data.copy() : data.retainedDuplicate())) {
            behind += length + AROUND_PART;
            if (behind > MOST_BEHIND) {
                giveUp();
            }
        }
    }

    void endRequest(@Nullable Headers trailers) {
        UpstreamRequest to = request;
        if (to != null) {
            to.end(trailers);
            watch();
        }
    }

    /** Nothing more of it is sent or heard. */
    void giveUp() {
        UpstreamRequest running = request;
        forget();
        if (running != null) {
            running.reset();
        }
    }

    private void forget() {
        disarm();
        request = null;
    }

    @Override
    protected void expired() {
        Cluster to = cluster;
        if (request != null && !answered) {
            request.tooSlow(LocalReply.ROUTE_TIMEOUT.status());
        }
        if (to != null) {
            to.metrics().count(loop.index(), ClusterMetrics.RQ_TIMEOUT);
            count(LocalReply.ROUTE_TIMEOUT.status());
        }
        giveUp();
    }

    /** Its answer, or what there would be in its place, counts like others. */
    private void count(int status) {
        if (cluster != null && !answered) {
            answered = true;
            Tally.answered(cluster.metrics(), loop.index(), status);
        }
    }

    @Override
    public void informational(ResponseHead head) {
        // Nobody waits for it.
    }

    @Override
    public void head(ResponseHead head) {
        count(head.status());
    }

    @Override
    public void body(ByteBuf data) {
        data.release();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        Cluster to = cluster;
        if (to != null && requestEndNanos != 0) {
            long millis = (System.nanoTime() - requestEndNanos) / NANOS;
            to.metrics().record(loop.index(), ClusterMetrics.RQ_TIME, millis);
        }
        forget();
    }

    @Override
    public void failed(UpstreamFailure why, String detail) {
        count(LocalReply.of(why).status());
        forget();
    }

    @Override
    public void writable() {
        behind = 0;
    }
}
