package dev.wick.gateway.exchange;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.route.VirtualClusters;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of an exchange's request at its cluster, and in its virtual cluster where it
 * has one, as Envoy's router charges it: each request's answer once, be it a host's or one made
 * here for want of that; answers in the place of which there is a retry apart. Confined to the
 * exchange's loop; used again for the connection's next exchange.
 */
final class Tally {

    private final Exchange exchange;
    private @Nullable MetricSet cluster;

    /** Null where the request falls into none. */
    private @Nullable MetricSet virtualCluster;

    Tally(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The request goes to a cluster. */
    void begin(Cluster to) {
        cluster = to.metrics();
        HostSnapshot serving = exchange.routing().snapshot();
        VirtualClusters all = serving == null ? null : serving.routes().virtualClusters();
        if (all == null) {
            virtualCluster = null;
            return;
        }
        int place = all.place(exchange.head);
        exchange.finished.virtualCluster = all.name(place);
        virtualCluster = exchange.door.virtualClusters.of(all.key(place));
    }

    /** A try has a connection; the cluster counts that by itself. */
    void attempted() {
        MetricSet within = virtualCluster;
        if (within != null) {
            within.count(loop(), VirtualClusterMetrics.RQ_TOTAL);
        }
    }

    /** A host's answer is the client's, or one is made here because no host gave any. */
    void answered(int status) {
        MetricSet at = cluster;
        if (at == null) {
            return;
        }
        answered(at, loop(), status);
        MetricSet within = virtualCluster;
        if (within != null) {
            within.count(loop(), VirtualClusterMetrics.RQ_COMPLETED);
            within.count(loop(), VirtualClusterMetrics.RQ_XX, status);
            within.count(loop(), VirtualClusterMetrics.RQ_CODES, status);
        }
    }

    static void answered(MetricSet cluster, int loop, int status) {
        cluster.count(loop, ClusterMetrics.RQ_COMPLETED);
        cluster.count(loop, ClusterMetrics.RQ_XX, status);
        cluster.count(loop, ClusterMetrics.RQ_CODES, status);
    }

    /** A host's answer is nobody's: there is a retry in its place. */
    void answeredInVain(int status) {
        count(ClusterMetrics.RETRY_RQ_COMPLETED);
        MetricSet at = cluster;
        if (at != null) {
            at.count(loop(), ClusterMetrics.RETRY_RQ_XX, status);
            at.count(loop(), ClusterMetrics.RETRY_RQ_CODES, status);
        }
    }

    /**
     * The route's timeout has passed while this try runs: each counts for itself.
     *
     * @param status what the client gets
     */
    void timedOut(Attempt running, int status) {
        count(ClusterMetrics.RQ_TIMEOUT, VirtualClusterMetrics.RQ_TIMEOUT);
        if (running.awaitsHead()) {
            running.tooSlow(status);
            answered(status);
        }
    }

    /**
     * A host's answer is complete.
     *
     * @param millis from the end of the request
     */
    void completed(long millis) {
        MetricSet at = cluster;
        if (at != null) {
            at.record(loop(), ClusterMetrics.RQ_TIME, millis);
        }
        MetricSet within = virtualCluster;
        if (within != null) {
            within.record(loop(), VirtualClusterMetrics.RQ_TIME, millis);
        }
    }

    void count(Metric.Counter ofCluster) {
        MetricSet at = cluster;
        if (at != null) {
            at.count(loop(), ofCluster);
        }
    }

    /** What is counted in both. */
    void count(Metric.Counter ofCluster, Metric.Counter ofVirtualCluster) {
        count(ofCluster);
        MetricSet within = virtualCluster;
        if (within != null) {
            within.count(loop(), ofVirtualCluster);
        }
    }

    private int loop() {
        return exchange.loop.index();
    }

    /** The exchange is over. */
    void close() {
        cluster = null;
        virtualCluster = null;
    }
}
