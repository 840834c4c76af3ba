package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The requests of a pool that wait for a connection, the longest first. Confined to its loop. */
final class Waiting {

    private final ArrayDeque<Stream> streams = new ArrayDeque<>(0);
    private final Breaker breaker;
    private final MetricSet metrics;
    private final int loop;

    Waiting(Breaker breaker, MetricSet metrics, int loop) {
        this.breaker = breaker;
        this.metrics = metrics;
        this.loop = loop;
    }

    int size() {
        return streams.size();
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    /** Returns false where no more may wait. */
    boolean add(Stream stream) {
        if (!breaker.takesPending()) {
            metrics.count(loop, ClusterMetrics.RQ_PENDING_OVERFLOW);
            return false;
        }
        streams.addLast(stream);
        metrics.count(loop, ClusterMetrics.RQ_PENDING_TOTAL);
        breaker.pending(loop, 1);
        return true;
    }

    /** The one that waits longest, which waits no more; null where there is none. */
    @Nullable Stream poll() {
        Stream first = streams.pollFirst();
        if (first != null) {
            breaker.pending(loop, -1);
        }
        return first;
    }

    /** Returns false where it does not wait here. */
    boolean remove(Stream stream) {
        if (!streams.remove(stream)) {
            return false;
        }
        breaker.pending(loop, -1);
        metrics.count(loop, ClusterMetrics.RQ_CANCELLED);
        return true;
    }
}
