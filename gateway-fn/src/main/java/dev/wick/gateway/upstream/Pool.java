package dev.wick.gateway.upstream;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one host in one protocol and priority, and the requests that wait
 * for one. Confined to its loop, {@link #active} excepted.
 *
 * <p>A request takes the connection that was used last, so that the others may grow idle and be
 * closed. Where none has room it waits, and a connection is made for it unless those that are being
 * made will do; it goes on whichever comes first, that one or one that another request leaves. A
 * pool goes with its last connection.
 */
final class Pool {

    private final Cluster cluster;
    private final Host host;
    private final ClusterOnLoop onLoop;
    private final MetricSet metrics;
    private final Breaker breaker;
    private final int loop;
    private final Speech speech;
    private final boolean high;

    /** Whose connections these are, where hosts are told, and the pool for all; else null. */
    private final @Nullable ProxiedConnection proxied;

    private final @Nullable Pool all;

    /** Where hosts are told whose a connection is: each client's own. */
    private @Nullable ProxiedPools each;

    private final Ready ready = new Ready();
    private final Waiting waiting;
    private int connecting;
    private int connections;
    private int active;
    private boolean placed;
    private boolean gone;

    private Pool(
            Cluster cluster,
            Host host,
            ClusterOnLoop onLoop,
            Speech speech,
            boolean high,
            @Nullable ProxiedConnection proxied,
            @Nullable Pool all) {
        this.cluster = cluster;
        this.host = host;
        this.onLoop = onLoop;
        this.speech = speech;
        this.high = high;
        this.proxied = proxied;
        this.all = all;
        this.metrics = cluster.metrics();
        this.breaker = cluster.breaker(high);
        this.loop = onLoop.loop().index();
        this.waiting = new Waiting(breaker, metrics, loop);
    }

    static Pool make(
            Cluster cluster, Host host, ClusterOnLoop onLoop, Speech speech, boolean high) {
        return new Pool(cluster, host, onLoop, speech, high, null, null);
    }

    /** A client's own. */
    Pool madeFor(ProxiedConnection client) {
        return new Pool(cluster, host, onLoop, speech, high, client, this);
    }

    /** Takes one of the places that there are for pools: that for all needs none, nor has it. */
    private boolean takesPlace() {
        placed = placed || breaker.takePool(loop);
        return placed;
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

    /** The pool for this stream: this, or that of its client; null where there may be no more. */
    @Nullable Pool of(Stream stream) {
        Pool own = this;
        if (cluster.connections().socket().proxyVersion() != 0) {
            each = each == null ? new ProxiedPools(this) : each;
            own = each.of(stream.proxied());
        }
        if (own.takesPlace()) {
            return own;
        }
        own.forget();
        return null;
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
        began();
        Connection free = ready.last(cluster.connections());
        if (free == null) {
            enqueue(stream);
        } else {
            begin(free, stream);
            if (cluster.connections().socket().preconnects()) {
                connectForPending();
            }
        }
    }

    /**
     * Sends the request again, on a connection that is made now or that another request leaves:
     * those at rest may be as stale as the one it was on.
     */
    void sendAnew(Stream stream) {
        began();
        enqueue(stream);
    }

    private void enqueue(Stream stream) {
        if (waiting.add(stream)) {
            stream.waitIn(this);
            connectForPending();
        } else {
            overflow(stream);
        }
    }

    /** Makes a connection where those that are being made will not do for all that wait. */
    private void connectForPending() {
        ConnectionSettings settings = cluster.connections();
        if (settings.socket().preconnects() && !host.removed()) {
            preconnect(settings.socket().preconnect(), 0);
        } else if ((long) connecting * streams(settings) < waiting.size()) {
            connect();
        }
    }

    private int streams(ConnectionSettings settings) {
        return speech == Speech.HTTP2 ? settings.streamsOfOne() : 1;
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
        return room + ready.room();
    }

    /** How many requests run here. */
    int running() {
        return active - waiting.size();
    }

    /**
     * The next request may come here: makes a connection for it where there is none. Returns
     * whether it did.
     */
    boolean foresee(double ratio) {
        boolean made = !host.removed() && lacks(ratio, 1) && takesPlace() && connect();
        forget(); // where it was made for this alone, and in vain
        return made;
    }

    private void overflow(Stream stream) {
        over();
        forget();
        stream.failLater(UpstreamFailure.OVERFLOW, "overflow");
    }

    /** Returns false where a limit does not let it. */
    private boolean connect() {
        if (!breaker.takesConnection()) {
            metrics.count(loop, ClusterMetrics.CX_OVERFLOW);
            // Envoy lets each pool have one at least, so that no request waits for ever.
            if (connections > 0) {
                return false;
            }
        }
        connecting++;
        connections++;
        metrics.count(loop, ClusterMetrics.CX_TOTAL);
        breaker.connections(loop, 1);
        Connection.make(this, speech, cluster.connections())
                .connect(onLoop.channelType(), cluster.connectTimeoutMillis());
        return true;
    }

    /** Sends the request, where so many may run, whether it has waited or not. */
    private void begin(Connection connection, Stream stream) {
        if (breaker.takesRequest()) {
            attach(connection, stream);
        } else {
            metrics.count(loop, ClusterMetrics.RQ_ACTIVE_OVERFLOW);
            overflow(stream);
        }
    }

    private void attach(Connection connection, Stream stream) {
        metrics.count(loop, ClusterMetrics.RQ_TOTAL);
        breaker.requests(loop, 1);
        if (connection.room() == 1) {
            ready.remove(connection);
        }
        connection.carry(stream);
    }

    /** A request is over that {@link #attach} began. */
    void detached() {
        over();
        breaker.requests(loop, -1);
    }

    /** A waiting request was given up. */
    void withdraw(Stream stream) {
        if (waiting.remove(stream)) {
            over();
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
     * then the next to come. One that was made by former settings takes no more.
     */
    void freed(Connection connection) {
        if (connection.settings != cluster.connections()) {
            connection.drain();
        }
        int room = connection.room();
        Stream next = room > 0 ? waiting.poll() : null;
        while (next != null) {
            begin(connection, next);
            room = connection.room();
            next = room > 0 ? waiting.poll() : null;
        }
        if (connection.busy()) {
            if (room > 0) {
                ready.add(connection);
            }
        } else if (room > 0 && !host.removed()) {
            connection.rest();
            ready.add(connection);
        } else {
            connection.closeUnlessBusy();
        }
    }

    /** The connection takes no more: it is closed, at once or when it has nothing left to carry. */
    void drained(Connection connection) {
        ready.remove(connection);
        connection.closeUnlessBusy();
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
        breaker.connections(loop, -1);
        UpstreamFailure failure =
                timeout ? UpstreamFailure.CONNECT_TIMEOUT : UpstreamFailure.CONNECT_FAILURE;
        Host other = timeout ? null : cluster.otherFamily(host);
        for (int failed = waiting.size(); failed > 0; failed--) {
            Stream stream = waiting.poll();
            if (stream == null) {
                break;
            }
            over();
            if (other == null || !stream.redirect(other)) {
                metrics.count(loop, ClusterMetrics.RQ_PENDING_FAILURE_EJECT);
                stream.fail(failure, why);
            }
        }
        forget();
    }

    /** A connection that was made has ended. */
    void gone(Connection connection) {
        begun(connection);
        connections--;
        breaker.connections(loop, -1);
        metrics.count(loop, ClusterMetrics.CX_DESTROY);
        ready.remove(connection);
        if (!waiting.isEmpty()) {
            connectForPending();
        } else {
            forget();
        }
    }

    /** Goes where it has neither a connection nor who waits for one. */
    private void forget() {
        if (gone || connections > 0 || !waiting.isEmpty() || clients() > 0) {
            return;
        }
        gone = true;
        if (placed) {
            breaker.poolGone();
        }
        if (all != null && all.each != null && proxied != null) {
            all.each.forget(proxied);
            all.forget();
        } else {
            host.forget(this, speech, high);
        }
    }

    /** Closes the connections that carry nothing. */
    void closeIdle() {
        ready.closeIdle();
        if (each != null) {
            each.closeIdle();
        }
    }
}
