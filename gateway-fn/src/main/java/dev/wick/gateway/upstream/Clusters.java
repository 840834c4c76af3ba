package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Names;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that the instance holds, by name. Safe for use by any thread.
 *
 * <p>Equal settings keep the object; changed ones are applied to it, so that whoever holds it goes
 * on with the hosts, connections and counts of those endpoints that stay.
 */
public final class Clusters {

    private final Loops loops;
    private final Names.LookUp names;
    private final Map<String, Cluster> byName = new ConcurrentHashMap<>();

    public Clusters(Loops loops) {
        this(loops, Names::lookUp);
    }

    Clusters(Loops loops, Names.LookUp names) {
        this.loops = loops;
        this.names = names;
    }

    /** The cluster of that name, made or changed so that it has these settings. */
    public synchronized Cluster offer(ClusterSettings settings) {
        Cluster held = byName.get(settings.name());
        if (held == null) {
            held = new Cluster(loops, names, settings);
            byName.put(settings.name(), held);
        } else {
            held.change(settings);
        }
        return held;
    }

    /** Forgets a cluster: what runs on it ends as usual, what idles is closed. */
    public synchronized void retire(String name) {
        Cluster held = byName.remove(name);
        if (held != null) {
            held.retire();
        }
    }

    public @Nullable Cluster find(String name) {
        return byName.get(name);
    }

    public Iterable<Cluster> all() {
        return byName.values();
    }
}
