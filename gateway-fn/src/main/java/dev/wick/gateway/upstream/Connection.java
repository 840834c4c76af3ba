package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a host: how it is made, how long it is used, and how it ends. What it carries,
 * its protocol says. Confined to its loop.
 */
abstract class Connection extends ChannelInboundHandlerAdapter implements Loop.Flushing {

    private static final long PROXIED_IDLE_MILLIS = 60_000;

    final Pool pool;
    final Loop loop;
    final MetricSet metrics;
    final int index;
    final ConnectionSettings settings;

    /** Whether the pool has it among those that take requests; the pool's own. */
    boolean listed;

    /** Whether it is not known yet how many requests it takes; the pool's own. */
    boolean beginning = true;

    private final long idleMillis;
    private final long madeNanos = System.nanoTime();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Idle idle;
    private @Nullable Age age;
    private long restingSinceNanos;
    private int carried;
    private boolean draining;
    private boolean flushAsked;

    Connection(Pool pool, ConnectionSettings settings) {
        this.pool = pool;
        this.settings = settings;
        this.idleMillis = idleMillis(pool, settings);
        this.loop = pool.onLoop().loop();
        this.index = loop.index();
        this.metrics = pool.cluster().metrics();
    }

    /** One that is still to be connected. */
    static Connection make(Pool pool, Speech speech, ConnectionSettings settings) {
        return switch (speech) {
            case HTTP1 ->
                    new Http1Connection(pool, settings).counted(ClusterMetrics.CX_HTTP1_TOTAL);
            case HTTP2 ->
                    new Http2ClientConnection(pool, settings)
                            .counted(ClusterMetrics.CX_HTTP2_TOTAL);
            case TCP -> new TcpConnection(pool, settings);
        };
    }

    final Connection counted(Metric.Counter kind) {
        metrics.count(index, kind);
        return this;
    }

    /** One that only its client may use is of no use for long. */
    private static long idleMillis(Pool pool, ConnectionSettings settings) {
        long idleMillis = settings.idleMillis();
        return pool.proxied() != null && (idleMillis == 0 || idleMillis > PROXIED_IDLE_MILLIS)
                ? PROXIED_IDLE_MILLIS
                : idleMillis;
    }

    /** How many more requests it takes now. */
    abstract int room();

    /** Whether it carries a request. */
    abstract boolean busy();

    /** Sends the request, which is not done. There is room for it. */
    abstract void carry(Stream next);

    /** What goes into the pipeline: this, or this among others. */
    abstract ChannelHandler handler();

    void connect(Class<? extends Channel> channelType, long timeoutMillis) {
        Sockets.with(
                        settings.socket(),
                        channelType,
                        (int) Math.min(Integer.MAX_VALUE, timeoutMillis))
                .group(loop.eventLoop())
                .handler(handler())
                .connect(pool.host().address(), Sockets.source(settings.socket()))
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                loop.run(() -> notConnected(connected.cause()));
                            }
                        });
    }

    private void notConnected(@Nullable Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            pool.connectFailed(true, "connection timeout");
        } else {
            pool.connectFailed(false, Errors.connecting(cause));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Says whose the connection is, before anything else, where the host is to be told. */
    final void introduce() {
        ProxiedConnection proxied = pool.proxied();
        if (proxied != null) {
            int version = settings.socket().proxyVersion();
            ChannelHandlerContext to = context();
            to.write(proxied.header(version, to.alloc()), to.voidPromise());
            flushLater();
        }
    }

    /** It is made. */
    void connected() {
        long nanos = System.nanoTime() - madeNanos;
        metrics.record(index, ClusterMetrics.CX_CONNECT_MS, TimeUnit.NANOSECONDS.toMillis(nanos));
        if (settings.maxDurationMillis() > 0) {
            age = new Age();
            loop.arm(age, settings.maxDurationMillis());
        }
        pool.connected(this);
    }

    /** It has ended: nothing runs by itself any more. */
    void ended() {
        long nanos = System.nanoTime() - madeNanos;
        metrics.record(index, ClusterMetrics.CX_LENGTH_MS, TimeUnit.NANOSECONDS.toMillis(nanos));
        if (idle != null) {
            idle.disarm();
        }
        if (age != null) {
            age.disarm();
        }
    }

    final ChannelHandlerContext context() {
        ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("connection: not made (expected: an open one)");
        }
        return added;
    }

    final Channel channel() {
        return context().channel();
    }

    final boolean open() {
        return channel().isActive();
    }

    final void close() {
        channel().close();
    }

    final void closeUnlessBusy() {
        if (!busy() && open()) {
            close();
        }
    }

    /** Takes no more requests from now on. */
    final void drain() {
        draining = true;
    }

    final boolean draining() {
        return draining;
    }

    /** Another request is carried: the last, where it may carry no more. */
    final void count() {
        carried++;
        if (carried == settings.maxRequests()) {
            draining = true;
            metrics.count(index, ClusterMetrics.CX_MAX_REQUESTS);
        }
    }

    /** Whether it has carried another request before. */
    final boolean used() {
        return carried > 1;
    }

    /** It has nothing to carry from now on. */
    final void rest() {
        restingSinceNanos = System.nanoTime();
        if (idle == null && idleMillis > 0) {
            idle = new Idle();
            loop.arm(idle, idleMillis);
        }
    }

    /** Flushes once at the end of the batch. */
    final void flushLater() {
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    @Override
    public void flush() {
        flushAsked = false;
    }

    /**
     * Looks after a connection that may have nothing to carry; set once, for looking again costs
     * less than setting it each time.
     */
    private final class Idle extends Deadline {

        private static final int STEPS = 60;

        @Override
        protected void expired() {
            long rested = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - restingSinceNanos);
            long left = busy() ? idleMillis : idleMillis - rested;
            if (left <= 0) {
                metrics.count(index, ClusterMetrics.CX_IDLE_TIMEOUT);
                close();
            } else {
                // In steps, so that connections share their durations.
                long step = Math.max(1, idleMillis / STEPS);
                loop.arm(this, (left + step - 1) / step * step);
            }
        }
    }

    /** Ends the use of a connection that has been open for long enough. */
    private final class Age extends Deadline {

        @Override
        protected void expired() {
            metrics.count(index, ClusterMetrics.CX_MAX_DURATION_REACHED);
            drain();
            if (!busy()) {
                close();
            }
        }
    }
}
