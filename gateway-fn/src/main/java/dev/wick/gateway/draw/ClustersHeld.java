package dev.wick.gateway.draw;

import dev.wick.gateway.feed.Part;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.gateway.upstream.EndpointsSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that are held, and what runs of them: each from when a virtual host is served that
 * sends to it, with the hosts of its Endpoints where it names some. Confined to the loop of their
 * {@link Holdings}.
 */
final class ClustersHeld {

    private final Clusters running;
    private final Workshop workshop;
    private final HoldingsWatcher watcher;
    private final EndpointsHeld endpoints;
    private final Map<String, HeldCluster> byName = new HashMap<>();

    /** Nothing that is served sends to them. */
    private final Set<HeldCluster> unused = new LinkedHashSet<>();

    ClustersHeld(
            Clusters running, Workshop workshop, HoldingsWatcher watcher, EndpointsHeld endpoints) {
        this.running = running;
        this.workshop = workshop;
        this.watcher = watcher;
        this.endpoints = endpoints;
    }

    Collection<HeldCluster> all() {
        return byName.values();
    }

    @Nullable HeldCluster find(String name) {
        return byName.get(name);
    }

    /** The one of that name, where it can run; null else. */
    @Nullable HeldCluster ready(String name) {
        HeldCluster held = byName.get(name);
        return held == null || settings(held) == null ? null : held;
    }

    /** Takes what the store said as of a revision. What runs is changed with it. */
    void learn(Part part, long revision) {
        HeldCluster cluster = of(part);
        String before = cluster.endpointsName();
        if (cluster.learn(part, revision) && cluster.running != null) {
            run(cluster);
        }
        if (!before.isEmpty() && !before.equals(cluster.endpointsName())) {
            endpoints.loosen();
        }
    }

    /** Takes what was good once, where nothing else is. */
    void learnOld(Part part) {
        of(part).learnOld(part);
    }

    /** The held one of a part, made where there is none. */
    private HeldCluster of(Part part) {
        HeldCluster held = byName.get(part.key().name());
        if (held == null) {
            held = new HeldCluster(part.key(), workshop);
            byName.put(part.key().name(), held);
            unused.add(held);
        }
        return held;
    }

    /** Its hosts have changed, and nothing else of the clusters that name them. */
    void runAgain(String changed) {
        for (HeldCluster cluster : byName.values()) {
            if (cluster.running != null && cluster.endpointsName().equals(changed)) {
                run(cluster);
            }
        }
    }

    /** What runs of a cluster, with its hosts; null where one of both is not there. */
    private @Nullable ClusterSettings settings(HeldCluster cluster) {
        ClusterSettings good = cluster.good();
        if (good == null || good.endpointsName().isEmpty()) {
            return good;
        }
        HeldEndpoints named = endpoints.find(good.endpointsName());
        EndpointsSettings hosts = named == null ? null : named.good();
        return hosts == null ? null : good.with(hosts);
    }

    private @Nullable Cluster run(HeldCluster cluster) {
        ClusterSettings good = settings(cluster);
        if (good == null) {
            return null;
        }
        Cluster runs = running.offer(good);
        cluster.running = runs;
        keep(cluster);
        return runs;
    }

    /** Its hosts first: whoever finds it finds them. */
    void keep(HeldCluster cluster) {
        HeldEndpoints named = endpoints.find(cluster.endpointsName());
        byte[] hosts = named == null ? null : named.goodJson();
        if (named != null && hosts != null && named.keep(hosts)) {
            watcher.serves(named.key(), hosts, List.of());
        }
        byte[] json = cluster.goodJson();
        if (json != null && cluster.keep(json)) {
            List<String> names = named == null ? List.of() : List.of(named.key().name());
            watcher.serves(cluster.key(), json, names);
        }
    }

    /** One more virtual host sends to it, which is {@link #ready}. What runs of it. */
    Cluster use(HeldCluster cluster) {
        cluster.users++;
        Cluster runsAlready = cluster.running;
        Cluster runsNow = runsAlready == null ? run(cluster) : runsAlready;
        if (runsNow == null) {
            throw new IllegalStateException(cluster.key() + ": not built");
        }
        return runsNow;
    }

    /** One less does. */
    void leave(HeldCluster cluster) {
        cluster.users--;
        if (cluster.users == 0) {
            unused.add(cluster);
        }
    }

    /** Whether some may be let go of. */
    boolean anyUnused() {
        return !unused.isEmpty();
    }

    /**
     * Lets go of those to which nothing sends.
     *
     * @param awaited names of those to which something will as soon as it can
     */
    void sweep(Set<String> awaited) {
        for (HeldCluster cluster : List.copyOf(unused)) {
            if (cluster.users > 0) {
                unused.remove(cluster);
            } else if (!awaited.contains(cluster.key().name())) {
                unused.remove(cluster);
                drop(cluster);
            }
        }
    }

    private void drop(HeldCluster cluster) {
        byName.remove(cluster.key().name());
        endpoints.loosen();
        watcher.gone(cluster.key());
        if (cluster.running != null) {
            watcher.idle(cluster.key().name());
        }
    }
}
