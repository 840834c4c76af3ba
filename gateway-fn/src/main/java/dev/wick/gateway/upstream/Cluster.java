package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.LbCounts;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.observe.BreakerGauge;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named set of hosts that serve the same, and the ways there. Safe for use by any thread where a
 * method does not say otherwise.
 */
public final class Cluster implements LbCounts {

    private final MetricSet metrics;
    private final ClusterOnLoop[] onLoops;
    private final Hosts hosts;
    private final ClusterHealth health;
    private final Runnable healthChanged;
    private final Breaker breaker;
    private final Breaker ofHigh;
    private volatile ClusterSettings settings;
    private volatile ConnectionSettings connections;
    private volatile boolean hasHigh;

    Cluster(Loops loops, Names.LookUp names, ClusterSettings settings, Runnable healthChanged) {
        this.healthChanged = healthChanged;
        this.settings = settings;
        this.connections = settings.connections();
        this.metrics = ClusterMetrics.of(settings.name(), loops.size(), this::shown);
        this.breaker = new Breaker(this, metrics, false);
        this.ofHigh = new Breaker(this, metrics, true);
        this.onLoops = new ClusterOnLoop[loops.size()];
        for (int i = 0; i < onLoops.length; i++) {
            onLoops[i] = new ClusterOnLoop(loops.loop(i), loops.channel(), this);
        }
        this.hosts = new Hosts(this, onLoops, names);
        this.health = new ClusterHealth(this, loops, hosts, onLoops);
        health.change(settings.health());
        hosts.change(settings);
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
        return send(loop, head, end, null, false, events);
    }

    /**
     * The same, to a host of which something is asked, or urgently.
     *
     * @param selection belongs to the stream until its host is chosen; null: any host
     * @param high whether it has the priority HIGH, with limits and connections of its own
     */
    public UpstreamRequest send(
            Loop loop,
            RequestHead head,
            boolean end,
            @Nullable Selection selection,
            boolean high,
            UpstreamEvents events) {
        assert loop.inLoop();
        Stream stream = new Stream(this, onLoops[loop.index()], head, end, selection, high, events);
        stream.dispatch();
        return stream;
    }

    /**
     * Envoy's {@code cluster.NAME.*}. All is counted here but what only an exchange knows, which it
     * counts itself: answers, how long they took, timeouts and retries.
     */
    public MetricSet metrics() {
        return metrics;
    }

    /**
     * Whether one more request may be a retry now; {@link #retryOver} then tells when it is none.
     *
     * @param high whether it has the priority HIGH
     */
    public boolean mayRetry(boolean high) {
        return breaker(high).takeRetry();
    }

    public void retryOver(boolean high) {
        breaker(high).retryOver();
    }

    Breaker breaker(boolean high) {
        if (high && !hasHigh) {
            hasHigh = true;
        }
        return high ? ofHigh : breaker;
    }

    /** Whether there ever was a request of the priority HIGH. */
    boolean hasHigh() {
        return hasHigh;
    }

    private long shown(Metric.Computed metric) {
        Breaker shown = BreakerGauge.isOfHigh(metric) ? ofHigh : breaker;
        return shown.shown(BreakerGauge.of(metric));
    }

    /** The hosts as they are now, for {@code /clusters}. */
    public HostStatus[] hostStatuses() {
        Host[] now = hosts.now().hosts();
        HostStatus[] statuses = new HostStatus[now.length];
        for (int i = 0; i < now.length; i++) {
            statuses[i] = HostStatus.of(now[i]);
        }
        return statuses;
    }

    HostSet hosts() {
        return hosts.current();
    }

    void healthChanged() {
        healthChanged.run();
    }

    /** What others have found of its hosts lately, until it is found out from here. */
    void believe(List<HostHealth> found) {
        health.believe(found);
    }

    /** What was found of its hosts, for others; empty where nobody looks after them. */
    public List<HostHealth> foundHealth() {
        return health.found();
    }

    ClusterHealth health() {
        return health;
    }

    /** See {@link Hosts#otherFamily}. */
    @Nullable Host otherFamily(Host unreachable) {
        return hosts.otherFamily(unreachable);
    }

    @Override
    public void healthyPanic(int loop) {
        metrics.count(loop, ClusterMetrics.LB_HEALTHY_PANIC);
    }

    @Override
    public void subsetSelected(int loop) {
        metrics.count(loop, ClusterMetrics.LB_SUBSETS_SELECTED);
    }

    @Override
    public void subsetFallback(int loop) {
        metrics.count(loop, ClusterMetrics.LB_SUBSETS_FALLBACK);
    }

    @Override
    public void subsetFallbackPanic(int loop) {
        metrics.count(loop, ClusterMetrics.LB_SUBSETS_FALLBACK_PANIC);
    }

    @Override
    public long active() {
        return metrics.value(ClusterMetrics.RQ_ACTIVE)
                + metrics.value(ClusterMetrics.RQ_PENDING_ACTIVE);
    }

    long connectTimeoutMillis() {
        return settings.connectTimeoutMillis();
    }

    /** How long a request may take from when it has a connection, in milliseconds; 0: any time. */
    public long maxStreamMillis() {
        return connections.maxStreamMillis();
    }

    /** The same object until something of it changes. */
    ConnectionSettings connections() {
        return connections;
    }

    void countNoneHealthy(int loop) {
        metrics.count(loop, ClusterMetrics.CX_NONE_HEALTHY);
    }

    /** Called by one thread at a time. */
    void change(ClusterSettings changed) {
        ClusterSettings before = settings;
        if (before.equals(changed)) {
            return;
        }
        settings = changed;
        if (!before.connections().equals(changed.connections())) {
            // What runs ends on the connections that it has.
            connections = changed.connections();
            hosts.closeIdle();
        }
        health.change(changed.health());
        if (!before.endpoints().equals(changed.endpoints())
                || !before.balancing().equals(changed.balancing())
                || !before.dns().equals(changed.dns())) {
            hosts.change(changed);
        }
    }

    /** Who holds it still may send; no connection is kept. */
    void retire() {
        hosts.retire();
        health.retire();
    }
}
