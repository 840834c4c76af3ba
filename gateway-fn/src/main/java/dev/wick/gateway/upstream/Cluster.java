package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.RequestHead;

/**
 * A named set of hosts that serve the same, and the ways there. Safe for use by any thread where a
 * method does not say otherwise.
 */
public final class Cluster {

    private final Loops loops;
    private final MetricSet metrics;
    private volatile ClusterSettings settings;

    Cluster(Loops loops, ClusterSettings settings) {
        this.loops = loops;
        this.settings = settings;
        this.metrics = ClusterMetrics.of(settings.name(), loops.size());
    }

    public String name() {
        return settings.name();
    }

    public ClusterSettings settings() {
        return settings;
    }

    /**
     * Sends a request to one of the hosts. On the loop; what happens is told to {@code events}
     * there, never from within this call.
     *
     * @param head without what concerned the client's connection; its {@code content-length}, where
     *     there is one, is the body's. Not to be changed until the first event.
     * @param end whether the request has no body
     */
    public UpstreamRequest send(Loop loop, RequestHead head, boolean end, UpstreamEvents events) {
        throw new UnsupportedOperationException("loops: " + loops.size());
    }

    /**
     * Envoy's {@code cluster.NAME.*}. All is counted here but what only an exchange knows, which it
     * counts itself: {@code upstream_rq_timeout}, {@code upstream_rq_time} and {@code
     * upstream_rq_retry}.
     */
    public MetricSet metrics() {
        return metrics;
    }

    void change(ClusterSettings changed) {
        settings = changed;
    }

    void retire() {}
}
