package dev.wick.gateway.edge;

import dev.wick.gateway.observe.ConcurrencyMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.GradientController;
import dev.wick.gateway.snapshot.ConcurrencySettings;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been found out of how many requests may run at once, by filter chain: it outlives all
 * changes but those of how it is found out. Any thread.
 */
final class Concurrencies {

    private final int loops;
    private final Map<String, GradientController> controllers = new ConcurrentHashMap<>();
    private final Map<String, MetricSet> metrics = new ConcurrentHashMap<>();

    Concurrencies(int loops) {
        this.loops = loops;
    }

    Collection<MetricSet> metrics() {
        return metrics.values();
    }

    /**
     * The controller of a chain.
     *
     * @param chain empty for the unnamed one
     * @param settings null: there is none
     */
    @Nullable GradientController of(
            String listener, String chain, @Nullable ConcurrencySettings settings) {
        String key = ListenerDoors.key(listener, chain);
        if (settings == null) {
            controllers.remove(key);
            metrics.remove(key);
            return null;
        }
        GradientController known = controllers.get(key);
        if (known != null && known.settings().equals(settings.gradient())) {
            return known;
        }
        // As names may have dots too, this tells chains apart less well than the key.
        String name = chain.isEmpty() ? listener : listener + '.' + chain;
        MetricSet counted = ConcurrencyMetrics.of(name, loops);
        GradientController made =
                new GradientController(
                        settings.gradient(),
                        counted,
                        loops,
                        new SplittableRandom(),
                        System.nanoTime());
        metrics.put(key, counted);
        controllers.put(key, made);
        return made;
    }

    /** The listener has these chains and no others. */
    void retain(String listener, Set<String> chains) {
        controllers.keySet().removeIf(key -> ListenerDoors.isGone(key, listener, chains));
        metrics.keySet().removeIf(key -> ListenerDoors.isGone(key, listener, chains));
    }
}
