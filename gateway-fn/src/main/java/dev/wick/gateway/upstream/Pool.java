package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one host in one protocol, and the requests that wait for one.
 * Confined to its loop, {@link #active} excepted.
 *
 * <p>A request takes the connection that was used last, so that the others may grow idle and be
 * closed. Where none has room it waits, and a connection is made for it unless those that are being
 * made will do; it goes on whichever comes first, that one or one that another request leaves.
 */
final class Pool {

    private final Cluster cluster;
    private final Host host;
    private final ClusterOnLoop onLoop;
    private final MetricSet metrics;
    private final int loop;
    private final Speech speech;

    /** Whose connections these are, where hosts are told, and the pool for all; else null. */
    private final @Nullable ProxiedConnection proxied;

    private final @Nullable Pool all;

    /** Where hosts are told whose a connection is: each client's own. */
    private @Nullable Map<ProxiedConnection, Pool> each;

    /** Those that have room, the one that was used last at the end. */
    private final ArrayDeque<Connection> ready = new ArrayDeque<>();

    private final ArrayDeque<Stream> pending = new ArrayDeque<>();
    private int connecting;
    private int connections;
    private int active;

    Pool(Cluster cluster, Host host, ClusterOnLoop onLoop, Speech speech) {
        this(cluster, host, onLoop, speech, null, null);
    }

    private Pool(
            Cluster cluster,
            Host host,
            ClusterOnLoop onLoop,
            Speech speech,
            @Nullable ProxiedConnection proxied,
            @Nullable Pool all) {
        this.speech = speech;
        this.proxied = proxied;
        this.all = all;
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

    /** Whose connections these are, where hosts are told. */
    @Nullable ProxiedConnection proxied() {
        return proxied;
    }

    /** The pool for this stream: this, or that of its client. */
    private Pool of(Stream stream) {
        if (proxied != null || cluster.connections().socket().proxyVersion() == 0) {
            return this;
        }
        if (each == null) {
            each = new HashMap<>();
        }
        return each.computeIfAbsent(
                stream.proxied(), client -> new Pool(cluster, host, onLoop, speech, client, this));
    }

    /** Clients that have a pool of their own here. */
    int clients() {
        return each == null ? 0 : each.size();
    }

    private void began() {
        active++;
        if (all != null) {
            all.active++;
        }
    }

    private void over() {
        active--;
        if (all != null) {
            all.active--;
        }
    }

    void send(Stream stream) {
        of(stream).take(stream);
    }

    private void take(Stream stream) {
        began();
        if (metrics.value(ClusterMetrics.RQ_ACTIVE) >= cluster.breakers().requests()) {
            metrics.count(loop, ClusterMetrics.RQ_ACTIVE_OVERFLOW);
            overflow(stream);
            return;
        }
        Connection free = free();
        if (free == null) {
            enqueue(stream);
        } else {
            attach(free, stream);
            if (cluster.connections().socket().preconnects()) {
                connectForPending();
            }
        }
    }

    /** Sends the request again, on a connection that no other has used. */
    void sendAnew(Stream stream) {
        Pool pool = of(stream);
        pool.began();
        pool.enqueue(stream);
    }

    private @Nullable Connection free() {
        ConnectionSettings now = cluster.connections();
        Connection free = ready.peekLast();
        while (free != null && (free.room() <= 0 || free.settings != now)) {
            ready.pollLast();
            free.listed = false;
            if (free.settings != now) {
                free.drain();
                closeUnlessBusy(free);
            }
            free = ready.peekLast();
        }
        return free;
    }

    private void enqueue(Stream stream) {
        if (metrics.value(ClusterMetrics.RQ_PENDING_ACTIVE) >= cluster.breakers().pending()) {
            metrics.count(loop, ClusterMetrics.RQ_PENDING_OVERFLOW);
            overflow(stream);
            return;
        }
        pending.addLast(stream);
        metrics.count(loop, ClusterMetrics.RQ_PENDING_TOTAL);
        metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, 1);
        stream.waitIn(this);
        connectForPending();
    }

    /** Makes a connection where those that are being made will not do for all that wait. */
    private void connectForPending() {
        ConnectionSettings settings = cluster.connections();
        if (settings.socket().preconnects() && !host.removed()) {
            preconnect(settings.socket().preconnect(), 0);
        } else if ((long) connecting * streams(settings) < pending.size()) {
            connect();
        }
    }

    private int streams(ConnectionSettings settings) {
        return speech == Speech.HTTP2 ? settings.http2().streams() : 1;
    }

    /**
     * Makes connections, three at once at most, until there is room for so many requests for each
     * that runs or waits, and for those that are to come.
     */
    private void preconnect(double ratio, int coming) {
        int made = 0;
        while (made < 3 && lacks(ratio, coming) && connect()) {
            made++;
        }
    }

    private boolean lacks(double ratio, int coming) {
        return (active + coming) * ratio > room() + running();
    }

    /** For how many more requests there are connections, those that are being made included. */
    long room() {
        long room = (long) connecting * streams(cluster.connections());
        for (Connection connection : ready) {
            room += connection.beginning ? 0 : Math.max(0, connection.room());
        }
        return room;
    }

    /** How many requests run here. */
    int running() {
        return active - pending.size();
    }

    /**
     * The next request may come here: makes a connection for it where there is none. Returns
     * whether it did.
     */
    boolean foresee(double ratio) {
        return !host.removed() && lacks(ratio, 1) && connect();
    }

    private void overflow(Stream stream) {
        over();
        forget();
        stream.failLater(UpstreamFailure.OVERFLOW, "overflow");
    }

    /** Returns false where a limit does not let it. */
    private boolean connect() {
        if (metrics.value(ClusterMetrics.CX_ACTIVE) >= cluster.breakers().connections()) {
            metrics.count(loop, ClusterMetrics.CX_OVERFLOW);
            // Envoy lets each pool have one at least, so that no request waits for ever.
            if (connections > 0) {
                return false;
            }
        }
        connecting++;
        connections++;
        metrics.count(loop, ClusterMetrics.CX_TOTAL);
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, 1);
        ConnectionSettings settings = cluster.connections();
        made(settings).connect(onLoop.channelType(), cluster.connectTimeoutMillis());
        return true;
    }

    private Connection made(ConnectionSettings settings) {
        return switch (speech) {
            case HTTP1 -> {
                metrics.count(loop, ClusterMetrics.CX_HTTP1_TOTAL);
                yield new Http1Connection(this, settings);
            }
            case HTTP2 -> {
                metrics.count(loop, ClusterMetrics.CX_HTTP2_TOTAL);
                yield new Http2ClientConnection(this, settings);
            }
            case TCP -> new TcpConnection(this, settings);
        };
    }

    private void attach(Connection connection, Stream stream) {
        metrics.count(loop, ClusterMetrics.RQ_TOTAL);
        metrics.add(loop, ClusterMetrics.RQ_ACTIVE, 1);
        if (connection.listed && connection.room() == 1) {
            unlist(connection);
        }
        connection.carry(stream);
    }

    private void unlist(Connection connection) {
        connection.listed = false;
        ready.removeLastOccurrence(connection);
    }

    /** A request is over that {@link #attach} began. */
    void detached() {
        over();
        metrics.add(loop, ClusterMetrics.RQ_ACTIVE, -1);
    }

    /** A waiting request was given up. */
    void withdraw(Stream stream) {
        if (pending.remove(stream)) {
            over();
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            metrics.count(loop, ClusterMetrics.RQ_CANCELLED);
        }
    }

    void connected(Connection connection) {
        if (speech == Speech.HTTP2) {
            freed(connection);
        } else {
            settled(connection);
        }
    }

    /** It is known how many requests the connection takes. */
    void settled(Connection connection) {
        begun(connection);
        freed(connection);
        connectForPending();
    }

    private void begun(Connection connection) {
        if (connection.beginning) {
            connection.beginning = false;
            connecting--;
        }
    }

    /**
     * The connection has room where it had none, or less to carry: takes those that wait longest,
     * then the next to come.
     */
    void freed(Connection connection) {
        int room = connection.room();
        while (room > 0 && !pending.isEmpty()) {
            Stream next = pending.removeFirst();
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            attach(connection, next);
            room = connection.room();
        }
        if (connection.busy()) {
            if (room > 0) {
                list(connection);
            }
        } else if (room > 0 && !host.removed()) {
            connection.rest();
            list(connection);
        } else {
            closeUnlessBusy(connection);
        }
    }

    private void list(Connection connection) {
        if (!connection.listed) {
            connection.listed = true;
            ready.addLast(connection);
        }
    }

    /** The connection takes no more: it is closed, at once or when it has nothing left to carry. */
    void drained(Connection connection) {
        if (connection.listed) {
            unlist(connection);
        }
        closeUnlessBusy(connection);
    }

    private static void closeUnlessBusy(Connection connection) {
        if (!connection.busy() && connection.open()) {
            connection.close();
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
        forget();
        for (int waiting = pending.size(); waiting > 0; waiting--) {
            Stream stream = pending.pollFirst();
            if (stream == null) {
                return;
            }
            over();
            metrics.add(loop, ClusterMetrics.RQ_PENDING_ACTIVE, -1);
            if (other == null || !stream.redirect(other)) {
                metrics.count(loop, ClusterMetrics.RQ_PENDING_FAILURE_EJECT);
                stream.fail(failure, why);
            }
        }
    }

    /** A connection that was made has ended. */
    void gone(Connection connection) {
        begun(connection);
        connections--;
        metrics.add(loop, ClusterMetrics.CX_ACTIVE, -1);
        metrics.count(loop, ClusterMetrics.CX_DESTROY);
        if (connection.listed) {
            unlist(connection);
        }
        if (!pending.isEmpty()) {
            connectForPending();
        } else {
            forget();
        }
    }

    /** A client's own pool goes with its last connection. */
    private void forget() {
        if (all != null && all.each != null && proxied != null && connections == 0) {
            all.each.remove(proxied, this);
        }
    }

    /** Closes the connections that carry nothing. */
    void closeIdle() {
        for (Connection connection : List.copyOf(ready)) {
            closeUnlessBusy(connection);
        }
        if (each != null) {
            List.copyOf(each.values()).forEach(Pool::closeIdle);
        }
    }
}
