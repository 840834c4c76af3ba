package dev.wick.gateway.edge;

import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.observe.AccessLog;
import dev.wick.gateway.observe.ConcurrencyMetrics;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.overload.GradientController;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.ChainSettings;
import dev.wick.gateway.snapshot.HttpSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The doors of all filter chains of all listeners. One is the same while its settings are, so that
 * the chain's connections stay. Safe for use by any thread.
 */
final class ListenerDoors {

    private final Live live;
    private final @Nullable AccessLog log;
    private final int loops;
    private final @Nullable Overload overload;
    private final Map<String, MetricSet> httpMetrics = new HashMap<>();
    private final VirtualClusterMetrics virtualClusters;
    private final Concurrencies concurrencies;
    private final Map<String, Door> known = new HashMap<>();

    ListenerDoors(Live live, @Nullable AccessLog log, int loops, @Nullable Overload overload) {
        this.live = live;
        this.log = log;
        this.loops = loops;
        this.overload = overload;
        this.virtualClusters = new VirtualClusterMetrics(loops);
        live.onGone(virtualClusters::forget);
        this.concurrencies = new Concurrencies(loops);
    }

    /** Tells what is counted behind them. */
    void register(Metrics metrics) {
        metrics.register(ConcurrencyMetrics.GROUP, concurrencies::metrics);
        metrics.register(HttpMetrics.GROUP, this::httpMetrics);
        metrics.register(VirtualClusterMetrics.GROUP, virtualClusters::all);
    }

    /** What is counted of listeners that are, or whose last connections are. */
    private synchronized Collection<MetricSet> httpMetrics() {
        dropEnded();
        return List.copyOf(httpMetrics.values());
    }

    private void dropEnded() {
        httpMetrics.entrySet().removeIf(set -> isOver(set.getKey(), set.getValue()));
    }

    private boolean isOver(String listener, MetricSet metrics) {
        return metrics.value(HttpMetrics.CX_ACTIVE) == 0
                && known.keySet().stream().noneMatch(key -> isOf(key, listener));
    }

    /** Those of a listener; what was known of chains that it has no more is forgotten. */
    synchronized Doors of(ListenerSettings settings) {
        ChainSettings chains = settings.chains();
        Map<String, Door> made = new LinkedHashMap<>();
        for (Map.Entry<String, HttpSettings> chain : chains.chains().entrySet()) {
            made.put(chain.getKey(), door(settings.name(), chain.getKey(), chain.getValue()));
        }
        retain(settings.name(), made.keySet());
        String otherwise = chains.otherwise();
        return new Doors(
                settings.acceptance(),
                made,
                chains.table(),
                otherwise == null ? null : made.get(otherwise));
    }

    /**
     * Where connections come to whose listener is not known: its requests are told so, for what it
     * would have asked of its clients is not known either.
     */
    synchronized Doors unknown(String listener) {
        return Doors.unknown(
                door(live.unavailable(listener), listener, HttpSettings.DEFAULT, null));
    }

    /** The listener is no more. */
    synchronized void forget(String listener) {
        retain(listener, Set.of());
        dropEnded();
    }

    private void retain(String listener, Set<String> chains) {
        concurrencies.retain(listener, chains);
        known.keySet().removeIf(key -> isGone(key, listener, chains));
    }

    private Door door(String listener, String chain, HttpSettings settings) {
        String key = key(listener, chain);
        Door before = known.get(key);
        if (before != null
                && (before.settings() == settings || before.settings().equals(settings))) {
            return before;
        }
        Door made =
                door(
                        live.names(listener, chain),
                        listener,
                        settings,
                        concurrencies.of(listener, chain, settings.policies().concurrency()));
        known.put(key, made);
        return made;
    }

    private Door door(
            Names names,
            String listener,
            HttpSettings settings,
            @Nullable GradientController concurrency) {
        return new Door(
                names,
                "http",
                httpMetrics.computeIfAbsent(listener, name -> HttpMetrics.of(name, loops)),
                log,
                loops,
                settings,
                virtualClusters,
                overload,
                concurrency);
    }

    /** What a chain is found by: names have no slash. */
    static String key(String listener, String chain) {
        return listener + '/' + chain;
    }

    /** Whether a key is of another chain of the listener. */
    static boolean isGone(String key, String listener, Set<String> chains) {
        return isOf(key, listener) && !chains.contains(key.substring(key.indexOf('/') + 1));
    }

    private static boolean isOf(String key, String listener) {
        return key.indexOf('/') == listener.length() && key.startsWith(listener);
    }
}
