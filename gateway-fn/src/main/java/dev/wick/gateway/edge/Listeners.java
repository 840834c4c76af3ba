package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.observe.AccessLog;
import dev.wick.gateway.observe.ListenerMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.overload.Relief;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the instance, opened and closed by the listener set. Safe for use by any thread.
 *
 * <p>A port that the command line gives ({@link #open}) opens at once, before anything is known;
 * what connects to it waits until the listener of that name is. A change of one listener leaves the
 * connections of all others alone.
 */
public final class Listeners implements Relief {

    private static final long LOOK_MILLIS = 20;

    private final Loops loops;
    private final @Nullable Overload overload;
    private final Map<String, InetSocketAddress> given = new LinkedHashMap<>();
    private final Map<String, Port> ports = new LinkedHashMap<>();

    /** Closed ports, some of whose connections may still be finishing. */
    private final List<Port> retired = new ArrayList<>();

    private final ListenerDoors doors;
    private final CodecCounters codecs = new CodecCounters();
    private final ProxyCounters proxies = new ProxyCounters();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile long mostConnections = Long.MAX_VALUE;
    private boolean closed;
    private boolean failing;

    /**
     * @param log null for none
     * @param overload what is shed while memory runs short; null: nothing
     */
    @SuppressWarnings("this-escape") // Nobody asks for relief before there is a port.
    public Listeners(
            Loops loops,
            Live live,
            Metrics metrics,
            @Nullable AccessLog log,
            @Nullable Overload overload) {
        this.loops = loops;
        this.overload = overload;
        if (overload != null) {
            overload.relief(this);
            overload.register(metrics);
        }
        this.doors = new ListenerDoors(live, log, loops.size(), overload);
        doors.register(metrics);
        metrics.register(ListenerMetrics.GROUP, this::portMetrics);
        codecs.register(metrics);
        proxies.register(metrics);
        if (log != null) {
            metrics.counter(
                    "access_log.lines_dropped",
                    "Lines for which the log's destination was too slow",
                    log::dropped);
        }
    }

    /**
     * Opens the port of a listener at an address that overrides its document's, now and whenever
     * the listener changes.
     *
     * @return how the first attempt to bind went
     */
    public synchronized CompletionStage<ListenerState> open(
            String listener, InetSocketAddress address) {
        return open(listener, address, null);
    }

    /**
     * Takes over a socket that listens already, for a listener whose address it overrides.
     *
     * @param descriptor of a socket that this process was started with
     * @return how that went
     * @throws IOException with a sentence for the operator, where it is no listening TCP socket
     */
    public synchronized CompletionStage<ListenerState> adopt(String listener, int descriptor)
            throws IOException {
        ServerChannel channel = loops.inherited(descriptor);
        return open(listener, (InetSocketAddress) channel.localAddress(), channel);
    }

    private CompletionStage<ListenerState> open(
            String listener, InetSocketAddress address, @Nullable ServerChannel inherited) {
        given.put(listener, address);
        Port port = made(listener, address, inherited);
        ports.put(listener, port);
        port.open();
        return port.tried();
    }

    /** Makes the ports those of a listener set. Returns when the changes have been begun. */
    public synchronized void apply(List<ListenerSettings> set) {
        if (closed) {
            return;
        }
        Map<String, Port> before = new LinkedHashMap<>(ports);
        for (ListenerSettings settings : set) {
            before.remove(settings.name());
            apply(settings);
        }
        for (Port port : before.values()) {
            remove(port);
        }
        changed();
    }

    /**
     * The listener set could not be had in the time that a request may wait: what has connected to
     * the given ports waits no longer, but is told so, request by request, until {@link #apply}.
     */
    public synchronized void unknown() {
        for (Port port : ports.values()) {
            if (!port.known()) {
                port.know(doors.unknown(port.name()));
            }
        }
    }

    private void apply(ListenerSettings settings) {
        InetSocketAddress address = given.get(settings.name());
        if (address == null) {
            address = new InetSocketAddress(settings.address(), settings.port());
        }
        Port port = ports.get(settings.name());
        if (port == null || !port.address().equals(address)) {
            if (port != null) {
                close(port);
            }
            port = made(settings.name(), address, null);
            ports.put(settings.name(), port);
            port.open();
        }
        port.know(doors.of(settings));
    }

    /**
     * The listener is no more. A port that was given stays open: what connects waits for the
     * listener to come back.
     */
    private void remove(Port port) {
        doors.forget(port.name());
        if (given.containsKey(port.name())) {
            if (port.known()) {
                port.forget();
            }
        } else {
            ports.remove(port.name());
            close(port);
        }
    }

    private void close(Port port) {
        retired.removeIf(Port::deserted);
        retired.add(port);
        port.stopAccepting();
        port.drain();
    }

    private Port made(
            String listener, InetSocketAddress address, @Nullable ServerChannel inherited) {
        Port made = port(listener, address, inherited);
        made.failing(failing);
        return made;
    }

    private Port port(
            String listener, InetSocketAddress address, @Nullable ServerChannel inherited) {
        return new Port(
                listener,
                address,
                inherited,
                loops,
                connections,
                () -> mostConnections,
                codecs,
                proxies,
                overload,
                this::changed);
    }

    /** How each listener fares, in the order in which they came. */
    public synchronized List<ListenerState> states() {
        List<ListenerState> states = new ArrayList<>();
        for (Port port : ports.values()) {
            states.add(port.state());
        }
        return states;
    }

    /** Calls back after each change of {@link #states}, on any thread. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    private void changed() {
        for (Runnable watcher : watchers) {
            watcher.run();
        }
    }

    @Override
    public synchronized void accepting(boolean accepting) {
        for (Port port : ports.values()) {
            port.accepting(accepting);
        }
    }

    @Override
    public synchronized void cut(double share) {
        List<Port> all = new ArrayList<>(ports.values());
        all.addAll(retired);
        for (int i = 0; i < loops.size(); i++) {
            int loop = i;
            loops.loop(i).execute(() -> cut(share, loop, all));
        }
    }

    private void cut(double share, int loop, List<Port> all) {
        Heaviest heaviest = new Heaviest(share);
        for (Port port : all) {
            port.weigh(loop, heaviest);
        }
        if (overload != null) {
            heaviest.cut(overload::countCut);
        }
    }

    /** How many connections may be open at once on all ports; what is more is closed. */
    public void mostConnections(long most) {
        mostConnections = most;
    }

    /**
     * Lets clients know that they should go, and takes their requests still; closes the ports after
     * a while.
     *
     * @param millis until the ports are closed, and again how long what runs then may take
     * @param stay whether the ports stay open for good
     */
    public synchronized void leave(long millis, boolean stay) {
        for (Port port : ports.values()) {
            port.leave();
        }
        if (!stay) {
            loops.loop(0).schedule(millis, () -> drain(millis));
        }
    }

    /**
     * Lets connections end with their next answer, or stay again: what is in front of a gateway
     * that says that it is not well should go elsewhere.
     */
    public synchronized void failing(boolean now) {
        failing = now;
        for (Port port : ports.values()) {
            port.failing(now);
        }
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.get();
    }

    /**
     * Closes all ports, lets the connections finish what runs on them, and closes those that have
     * not after a while.
     *
     * @param millis how long they may take
     * @return done when no connection is open
     */
    public synchronized CompletionStage<Void> drain(long millis) {
        closed = true;
        for (Port port : ports.values()) {
            close(port);
        }
        CompletableFuture<Void> drained = new CompletableFuture<>();
        loops.loop(0).schedule(0, new Draining(millis, drained));
        return drained;
    }

    private synchronized Collection<MetricSet> portMetrics() {
        List<MetricSet> sets = new ArrayList<>();
        for (Port port : ports.values()) {
            sets.add(port.metrics());
        }
        return sets;
    }

    /** Looks whether all connections are closed; closes them when the time is over. On loop 0. */
    private final class Draining implements Runnable {

        private final long endNanos;
        private final CompletableFuture<Void> drained;

        Draining(long millis, CompletableFuture<Void> drained) {
            this.endNanos = System.nanoTime() + 1_000_000 * millis;
            this.drained = drained;
        }

        @Override
        public void run() {
            if (connections.get() == 0) {
                drained.complete(null);
                return;
            }
            if (System.nanoTime() - endNanos >= 0) {
                closeAll();
            }
            loops.loop(0).schedule(LOOK_MILLIS, this);
        }
    }

    private synchronized void closeAll() {
        for (Port port : retired) {
            port.closeConnections();
        }
    }
}
