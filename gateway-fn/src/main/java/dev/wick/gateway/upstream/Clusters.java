package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Names;
import java.util.List;
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
    private volatile Map<String, List<HostHealth>> heard = Map.of();
    private volatile @Nullable Runnable watcher;

    public Clusters(Loops loops) {
        this(loops, Names::lookUp);
    }

    Clusters(Loops loops, Names.LookUp names) {
        this.loops = loops;
        this.names = names;
    }

    /** What others have found of the hosts of clusters that may be made next, by name. */
    public void heard(Map<String, List<HostHealth>> found) {
        heard = found;
    }

    /** Who is told, on any thread, that the health of some cluster's hosts has changed. */
    public void watchHealth(Runnable told) {
        watcher = told;
    }

    private void healthChanged() {
        Runnable told = watcher;
        if (told != null) {
            told.run();
        }
    }

    /** The cluster of that name, made or changed so that it has these settings. */
    public synchronized Cluster offer(ClusterSettings settings) {
        Cluster held = byName.get(settings.name());
        if (held == null) {
            held = new Cluster(loops, names, settings, this::healthChanged);
            byName.put(settings.name(), held);
            List<HostHealth> found = heard.get(settings.name());
            if (found != null) {
                held.believe(found);
            }
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
