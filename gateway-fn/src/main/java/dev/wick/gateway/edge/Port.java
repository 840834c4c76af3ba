package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.observe.ListenerMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.Overload;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket and the connections that it accepted. Safe for use by any thread; the
 * connections of each loop are touched on it only.
 */
final class Port {

    private static final int BACKLOG = 1024;
    private static final long RETRY_MILLIS = 2_000;

    /** What a client does not take is kept up to here, then the host is no longer read from. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final String name;
    private final InetSocketAddress address;
    private final @Nullable ServerChannel inherited;
    private final Loops loops;
    private final AtomicInteger openConnections;
    private final LongSupplier globalMost;
    private final AtomicInteger ownConnections = new AtomicInteger();
    private final CodecCounters codecs;
    private final ProxyCounters proxies;
    private final @Nullable Overload overload;
    private final Runnable changed;
    private final MetricSet metrics;
    private final List<Set<Accepted>> connections = new ArrayList<>();
    private final CompletableFuture<ListenerState> tried = new CompletableFuture<>();

    private volatile @Nullable Doors doors;
    private @Nullable Channel server;
    private @Nullable Timer retry;
    private String failure = "";
    private volatile boolean closed;
    private volatile boolean leaving;
    private volatile boolean failing;

    /**
     * @param inherited a socket that listens already, at that address; null: one is to be bound
     * @param openConnections counts those of all ports
     * @param globalMost how many there may be
     * @param overload what is shed while memory runs short; null: nothing
     * @param changed called after each change of {@link #state}
     */
    Port(
            String name,
            InetSocketAddress address,
            @Nullable ServerChannel inherited,
            Loops loops,
            AtomicInteger openConnections,
            LongSupplier globalMost,
            CodecCounters codecs,
            ProxyCounters proxies,
            @Nullable Overload overload,
            Runnable changed) {
        this.overload = overload;
        this.name = name;
        this.address = address;
        this.inherited = inherited;
        this.loops = loops;
        this.openConnections = openConnections;
        this.globalMost = globalMost;
        this.codecs = codecs;
        this.proxies = proxies;
        this.changed = changed;
        this.metrics = ListenerMetrics.of(text(address).replace(':', '_'), loops.size());
        for (int i = 0; i < loops.size(); i++) {
            connections.add(new HashSet<>());
        }
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Whether one more connection may be open. Any loop. */
    boolean admits() {
        Doors known = doors;
        long most = known == null ? 0 : known.acceptance().maxConnections();
        return openConnections.get() < globalMost.getAsLong()
                && (most == 0 || ownConnections.get() < most);
    }

    /** What counts a connection that was not admitted. */
    Metric.Counter overflow() {
        return openConnections.get() < globalMost.getAsLong()
                ? ListenerMetrics.CX_OVERFLOW
                : ListenerMetrics.GLOBAL_CX_OVERFLOW;
    }

    /** What is shed while memory runs short; null: nothing. */
    @Nullable Overload overload() {
        return overload;
    }

    ProxyCounters proxies() {
        return proxies;
    }

    CodecCounters codecs() {
        return codecs;
    }

    MetricSet metrics() {
        return metrics;
    }

    /** Done when the first attempt to bind has been made. */
    CompletionStage<ListenerState> tried() {
        return tried;
    }

    /** Binds; keeps trying where it can't. */
    void open() {
        ServerBootstrap bootstrap = bootstrap();
        if (inherited == null) {
            ChannelFuture bound = bootstrap.channel(loops.serverChannel()).bind(address);
            bound.addListener(done -> bound(bound));
            return;
        }
        // It may have connections waiting, which are not to come before there is one to take them.
        ChannelFuture adopted =
                bootstrap
                        .channelFactory(() -> inherited)
                        .option(ChannelOption.AUTO_READ, false)
                        .register();
        adopted.addListener(
                done -> {
                    bound(adopted);
                    if (adopted.isSuccess()) {
                        inherited.eventLoop().execute(this::acceptInherited);
                    }
                });
    }

    /** Memory may have run short before it was there to be told. */
    private synchronized void acceptInherited() {
        if (server != null) {
            server.config().setAutoRead(overload == null || overload.accepts());
        }
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(loops.group())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                Loop loop = loops.of(channel.eventLoop());
                                channel.pipeline().addLast(new Accepted(Port.this, loop, channel));
                            }
                        });
    }

    private void bound(ChannelFuture attempt) {
        synchronized (this) {
            if (attempt.isSuccess()) {
                server = attempt.channel();
                failure = "";
                if (closed) {
                    attempt.channel().close();
                } else if (overload != null && !overload.accepts()) {
                    attempt.channel().config().setAutoRead(false);
                }
            } else {
                failure = String.valueOf(attempt.cause().getMessage());
                if (!closed) {
                    retry = loops.loop(0).schedule(RETRY_MILLIS, this::open);
                }
            }
        }
        tried.complete(state());
        changed.run();
    }

    synchronized ListenerState state() {
        ListenerState.State state = ListenerState.State.WAITING;
        String where = text(address);
        if (!failure.isEmpty()) {
            state = ListenerState.State.FAILED;
        } else if (server != null) {
            where = text((InetSocketAddress) server.localAddress());
            state = known() ? ListenerState.State.OPEN : ListenerState.State.WAITING;
        }
        return new ListenerState(name, where, state, failure);
    }

    private static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }

    /** What the connections come to: those that wait go on, those whose chain is no more end. */
    void know(Doors known) {
        doors = known;
        tell();
    }

    /** What the connections came to is no more: they end, and those that come now wait. */
    void forget() {
        doors = null;
        tell();
    }

    private void tell() {
        onEachLoop(
                accepted -> {
                    // As it is by now: a connection may have come since to what is newer.
                    Doors known = doors;
                    if (known == null) {
                        accepted.forget();
                    } else {
                        accepted.start(known);
                    }
                });
        changed.run();
    }

    boolean known() {
        Doors now = doors;
        return now != null && now.known();
    }

    /** Called on the connection's loop. */
    void accepted(Accepted accepted) {
        openConnections.incrementAndGet();
        ownConnections.incrementAndGet();
        connections.get(accepted.loop().index()).add(accepted);
        Doors known = doors;
        if (closed) {
            accepted.close();
        } else if (known != null) {
            accepted.start(known);
        }
    }

    /** Called on the connection's loop. */
    void closed(Accepted accepted) {
        openConnections.decrementAndGet();
        ownConnections.decrementAndGet();
        connections.get(accepted.loop().index()).remove(accepted);
    }

    /** Accepts connections, or leaves them to the kernel for now. */
    synchronized void accepting(boolean accepting) {
        if (server != null) {
            server.config().setAutoRead(accepting);
        }
    }

    /** Offers what is kept of the answers on loop {@code loop}; called on it. */
    void weigh(int loop, Heaviest heaviest) {
        for (Accepted accepted : connections.get(loop)) {
            accepted.weigh(heaviest);
        }
    }

    /** Accepts no more; the connections stay. */
    void stopAccepting() {
        synchronized (this) {
            closed = true;
            if (server != null) {
                server.close();
            }
            if (retry != null) {
                loops.loop(0).execute(retry::cancel);
                retry = null;
            }
        }
    }

    /** Lets the clients of all connections, and of those to come, know that they should go. */
    void leave() {
        leaving = true;
        onEachLoop(Accepted::leave);
    }

    boolean leaving() {
        return leaving;
    }

    /** Whether connections end with their next answer. */
    void failing(boolean now) {
        failing = now;
    }

    boolean failing() {
        return failing;
    }

    /** Lets all connections finish what runs on them, and close. */
    void drain() {
        onEachLoop(Accepted::drain);
    }

    /** Whether no connection is left. */
    boolean deserted() {
        return ownConnections.get() == 0;
    }

    /** Closes all connections. */
    void closeConnections() {
        onEachLoop(Accepted::close);
    }

    private void onEachLoop(Consumer<Accepted> action) {
        for (int i = 0; i < loops.size(); i++) {
            Set<Accepted> own = connections.get(i);
            loops.loop(i).execute(() -> List.copyOf(own).forEach(action));
        }
    }
}
