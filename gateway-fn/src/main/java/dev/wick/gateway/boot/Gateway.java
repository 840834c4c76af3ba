package dev.wick.gateway.boot;

import dev.wick.gateway.client.HttpClient;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.compile.ListenerCompiler;
import dev.wick.gateway.draw.Draw;
import dev.wick.gateway.draw.DrawSettings;
import dev.wick.gateway.draw.DrawSettings.CopySettings;
import dev.wick.gateway.draw.Ports;
import dev.wick.gateway.edge.ListenerSettings;
import dev.wick.gateway.edge.ListenerState;
import dev.wick.gateway.edge.Listeners;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.FeedSettings;
import dev.wick.gateway.feed.Report;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.observe.AccessLog;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.model.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that serves requests, put together by hand: the first byte waits for nothing else. Safe for
 * use by any thread.
 */
final class Gateway {

    private static final long COPY_MILLIS = 1_000;

    /** An instance that was started for a request has it by then. */
    private static final long FIRST_MILLIS = 200;

    private static final long SLACK_MILLIS = 1_000;

    private final Settings settings;
    private final Loops loops;
    private final Metrics metrics = new Metrics();
    private final Clusters clusters;
    private final Listeners listeners;
    private final Draw draw;
    private final @Nullable AccessLog accessLog;
    private final List<CompletableFuture<ListenerState>> opening = new ArrayList<>();
    private final long startedNanos = System.nanoTime();
    private final Ending ending = new Ending(this::stop);

    private Gateway(Settings settings, Consumer<String> log) throws IOException {
        this.settings = settings;
        this.loops = Loops.start();
        this.clusters = new Clusters(loops);
        this.accessLog = accessLog(settings.accessLog(), loops.size());
        FeedSettings feedSettings =
                new FeedSettings(settings.gateway(), settings.instance(), settings.token());
        HttpClient client = new HttpClient(loops, settings.store());
        PortsOfListeners ports = new PortsOfListeners();
        this.draw =
                new Draw(
                        loops.loop(0),
                        new Feed(client, loops.loop(0), feedSettings),
                        clusters,
                        LiveLimits.DEFAULTS,
                        drawSettings(settings),
                        settings.gateway(),
                        ports,
                        log);
        this.listeners =
                new Listeners(loops, draw.live(), metrics, accessLog, overload(settings, loops));
        listeners.mostConnections(settings.maxConnections());
    }

    /**
     * Opens the ports that are given, and begins to draw.
     *
     * @param log hears a sentence now and then
     * @throws IOException where the access log can't be opened, or a socket can't be taken over
     */
    static Gateway start(Settings settings, Consumer<String> log) throws IOException {
        Gateway gateway = new Gateway(settings, log);
        for (Map.Entry<String, InetSocketAddress> port : settings.ports().entrySet()) {
            gateway.opening.add(
                    gateway.listeners.open(port.getKey(), port.getValue()).toCompletableFuture());
        }
        for (Map.Entry<String, Integer> socket : settings.inherited().entrySet()) {
            gateway.opening.add(
                    gateway.listeners
                            .adopt(socket.getKey(), socket.getValue())
                            .toCompletableFuture());
        }
        gateway.draw.start();
        gateway.listeners.onChange(gateway.draw::portsChanged);
        gateway.metrics.register(ClusterMetrics.GROUP, gateway::clusterMetrics);
        return gateway;
    }

    /** How it went with the ports that were given. Waits until it went somehow. */
    List<ListenerState> opened() {
        List<ListenerState> opened = new ArrayList<>(opening.size());
        for (CompletableFuture<ListenerState> port : opening) {
            opened.add(port.join());
        }
        return opened;
    }

    long startedNanos() {
        return startedNanos;
    }

    private static @Nullable Overload overload(Settings settings, Loops loops) {
        return settings.overload().off()
                ? null
                : Overload.of(settings.overload(), loops.loop(0), loops.size());
    }

    private static @Nullable AccessLog accessLog(String where, int loops) throws IOException {
        if (where.equals("off")) {
            return null;
        }
        return where.equals("-")
                ? AccessLog.toStandardOutput(loops)
                : AccessLog.to(Path.of(where), loops);
    }

    private static DrawSettings drawSettings(Settings settings) {
        Path cache = settings.cache();
        return new DrawSettings(
                settings.fetchTimeout().toMillis(),
                Version.TEXT,
                cache == null
                        ? null
                        : new CopySettings(
                                cache,
                                settings.token(),
                                CopySettings.MAXIMUM_AGE,
                                CopySettings.MOST_FILES));
    }

    private List<MetricSet> clusterMetrics() {
        List<MetricSet> sets = new ArrayList<>();
        for (Cluster cluster : clusters.all()) {
            sets.add(cluster.metrics());
        }
        return sets;
    }

    Settings settings() {
        return settings;
    }

    Loops loops() {
        return loops;
    }

    Metrics metrics() {
        return metrics;
    }

    Clusters clusters() {
        return clusters;
    }

    Listeners listeners() {
        return listeners;
    }

    Draw draw() {
        return draw;
    }

    /** Returns when the first request has what it needs, or when there seems to be none. */
    void awaitFirst() {
        try {
            draw.awaitFirst(FIRST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Ending ending() {
        return ending;
    }

    /** Lets what runs end, for as long as the settings say, and ends everything. Blocks. */
    void stop() {
        long drainMillis = settings.drainTime().toMillis();
        CompletionStage<Void> drained = listeners.drain(drainMillis);
        try {
            drained.toCompletableFuture().get(drainMillis + SLACK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What has not ended by now is cut.
        }
        draw.stop(COPY_MILLIS);
        closeLog();
        loops.close();
    }

    private void closeLog() {
        try {
            if (accessLog != null) {
                accessLog.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Between the listener set and the sockets. On loop 0. */
    private final class PortsOfListeners implements Ports {

        @Override
        public void listeners(List<Listener> set) {
            List<ListenerSettings> made = new ArrayList<>(set.size());
            for (Listener listener : set) {
                made.add(
                        new ListenerSettings(
                                listener.name(),
                                listener.address(),
                                listener.port(),
                                ListenerCompiler.chains(listener),
                                ListenerCompiler.acceptance(listener)));
            }
            listeners.apply(made);
            if (lacksOne(set, settings.ports()) || lacksOne(set, settings.inherited())) {
                // What connects there waits for the listener, as it would for a store: not for
                // ever.
                loops.loop(0).schedule(settings.fetchTimeout().toMillis(), listeners::unknown);
            }
        }

        private static boolean lacksOne(List<Listener> set, Map<String, ?> given) {
            for (String name : given.keySet()) {
                if (!names(set, name)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean names(List<Listener> set, String name) {
            for (Listener listener : set) {
                if (listener.name().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void unknown() {
            listeners.unknown();
        }

        @Override
        public List<Report.Port> ports() {
            List<Report.Port> ports = new ArrayList<>();
            for (ListenerState state : listeners.states()) {
                ports.add(
                        new Report.Port(
                                state.name(),
                                state.address(),
                                state.state().word(),
                                state.detail()));
            }
            return ports;
        }
    }
}
