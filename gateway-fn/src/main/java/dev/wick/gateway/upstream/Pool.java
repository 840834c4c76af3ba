package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one host, and the requests that wait for one. Confined to its
 * loop, {@link #active} excepted.
 *
 * <p>A request takes the connection that was used last, so that the others may grow idle and be
 * closed. Where none is free it waits, and a connection is made for it; it goes on whichever comes
 * first, that one or one that another request leaves.
 */
final class Pool {

    /** Envoy's defaults, for the whole cluster. */
    static final int MOST_CONNECTIONS = 1024;

    static final int MOST_PENDING = 1024;
    static final int MOST_REQUESTS = 1024;

    private final Cluster cluster;
    private final Host host;
    private final ClusterOnLoop onLoop;
    private final MetricSet metrics;
    private final int loop;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Stream> pending = new ArrayDeque<>();
    private int connecting;
    private int connections;
    private int active;

    Pool(Cluster cluster, Host host, ClusterOnLoop onLoop) {
        this.cluster = cluster;
        this.host = host;
        this.onLoop = onLoop;
        this.metrics = cluster.metrics();
        this.loop = onLoop.loop().index();
    }

    Cluster cluster() {
        return cluster;
    }

    Host host() {
        return host;
    }

    ClusterOnLoop onLoop() {
        return onLoop;
    }

    /** Requests that run or wait here. Read by any thread. */
    int active() {
        return active;
    }

    void send(Stream stream) {
        active++;
        if (metrics.value(ClusterMetrics.RQ_ACTIVE) >= MOST_REQUESTS) {
            overflow(stream);
            return;
        }
        Connection free = free();
        if (free == null) {
            enqueue(stream);
        } else {
            attach(free, stream);
        }
    }

    /** Sends the request again, on a connection that no other has used. */
    void sendAnew(Stream stream) {
        active++;
        enqueue(stream);
    }

    private @Nullable Connection free() {
        Connection free = idle.pollLast();
        while (free != null && !free.open()) {
            free = idle.pollLast();
        }
        return free;
    }

    private void enqueue(Stream stream) {
        if (metrics.value(ClusterMetrics.RQ_PENDING_ACTIVE) >= MOST_PENDING) {
            overflow(stream);
            return;
        }
        pending.addLast(stream);
        metrics.count(loop, ClusterMetrics.RQ_PENDING_TOTAL);
        metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, 1);
        stream.waitIn(this);
        if (connecting < pending.size()) {
            connect();
        }
    }

    private void overflow(Stream stream) {
        active--;
        metrics.count(loop, ClusterMetrics.RQ_PENDING_OVERFLOW);
        stream.failLater(UpstreamFailure.OVERFLOW, "overflow");
    }

    private void connect() {
        if (metrics.value(ClusterMetrics.CX_ACTIVE) >= MOST_CONNECTIONS) {
            metrics.count(loop, ClusterMetrics.CX_OVERFLOW);
            // Envoy lets each pool have one at least, so that no request waits for ever.
            if (connections > 0) {
                return;
            }
        }
        connecting++;
        connections++;
        metrics.count(loop, ClusterMetrics.CX_TOTAL);
        metrics.count(loop, ClusterMetrics.CX_HTTP1_TOTAL);
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, 1);
        new Connection(this).connect(onLoop.channelType(), cluster.connectTimeoutMillis());
    }

    private void attach(Connection connection, Stream stream) {
        metrics.count(loop, ClusterMetrics.RQ_TOTAL);
        metrics.add(loop, ClusterMetrics.RQ_ACTIVE, 1);
        connection.carry(stream);
    }

    /** A request is over that {@link #attach} began. */
    void detached() {
        active--;
        metrics.add(loop, ClusterMetrics.RQ_ACTIVE, -1);
    }

    /** A waiting request was given up. */
    void withdraw(Stream stream) {
        if (pending.remove(stream)) {
            active--;
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            metrics.count(loop, ClusterMetrics.RQ_CANCELLED);
        }
    }

    void connected(Connection connection) {
        connecting--;
        release(connection);
    }

    /** The connection is free: for the request that waits longest, else for the next to come. */
    void release(Connection connection) {
        Stream next = pending.pollFirst();
        if (next != null) {
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            attach(connection, next);
        } else if (host.removed()) {
            connection.close();
        } else {
            connection.rest();
            idle.addLast(connection);
        }
    }

    /**
     * The connection could not be made. As in Envoy, all that wait fail with it: they would most
     * likely meet the same.
     */
    void connectFailed(boolean timeout, String why) {
        connecting--;
        connections--;
        metrics.count(loop, ClusterMetrics.CX_CONNECT_FAIL);
        if (timeout) {
            metrics.count(loop, ClusterMetrics.CX_CONNECT_TIMEOUT);
        }
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, -1);
        UpstreamFailure failure =
                timeout ? UpstreamFailure.CONNECT_TIMEOUT : UpstreamFailure.CONNECT_FAILURE;
        Host other = timeout ? null : cluster.otherFamily(host);
        for (int waiting = pending.size(); waiting > 0; waiting--) {
            Stream stream = pending.pollFirst();
            if (stream == null) {
                return;
            }
            active--;
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            if (other == null || !stream.redirect(other)) {
                metrics.count(loop, ClusterMetrics.RQ_PENDING_FAILURE_EJECT);
                stream.fail(failure, why);
            }
        }
    }

    /** A connection that was made has ended. */
    void gone(Connection connection) {
        connections--;
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, -1);
        metrics.count(loop, ClusterMetrics.CX_DESTROY);
        idle.remove(connection);
        if (connecting < pending.size()) {
            connect();
        }
    }

    void closeIdle() {
        Connection connection = idle.pollLast();
        while (connection != null) {
            connection.close();
            connection = idle.pollLast();
        }
    }
}
