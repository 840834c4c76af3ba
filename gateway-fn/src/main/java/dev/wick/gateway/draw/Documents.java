package dev.wick.gateway.draw;

import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.gateway.upstream.EndpointsSettings;
import dev.wick.model.Problem;
import dev.wick.route.RouteTable;
import dev.wick.route.RuntimeValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are held, each built once, whoever refers to it. Confined to the loop of its
 * {@link Holdings}.
 *
 * <p>What is held of a document is what was said of it as of the highest revision: learnt twice, it
 * is taken once; learnt late, it is left. What serves is, for each virtual host, its last good
 * document whose clusters all have a good one; the newer one takes its place as soon as it can.
 */
final class Documents {

    static final String VIRTUAL_HOST = "VirtualHost";
    static final String CLUSTER = "Cluster";
    static final String ENDPOINTS = "Endpoints";
    static final String RUNTIME = "Runtime";

    /** What stands in the place of a virtual host where a cluster is asked for by its name. */
    static final String NAMED_CLUSTER = "NamedCluster";

    /** Virtual hosts that serve no name are kept for their problems, as many as this. */
    private static final int MOST_REFUSED = 256;

    private final Clusters running;
    private final Workshop workshop;
    private final HoldingsWatcher watcher;
    private final Map<String, HeldVirtualHost> virtualHosts = new HashMap<>();
    private final Map<String, HeldCluster> clusters = new HashMap<>();
    private final EndpointsHeld endpoints;

    /** Null until it is asked for. */
    private @Nullable HeldRuntime runtime;

    private final Set<HeldVirtualHost> behind = new LinkedHashSet<>();

    /** Serve no name; kept for their problems. */
    private final Set<HeldVirtualHost> refused = new LinkedHashSet<>();

    /** Nothing that is served sends to them. */
    private final Set<HeldCluster> unused = new LinkedHashSet<>();

    Documents(Clusters running, Workshop workshop, HoldingsWatcher watcher) {
        this.running = running;
        this.workshop = workshop;
        this.watcher = watcher;
        this.endpoints = new EndpointsHeld(workshop, watcher);
    }

    Collection<HeldVirtualHost> virtualHosts() {
        return virtualHosts.values();
    }

    Collection<HeldEndpoints> endpoints() {
        return endpoints.all();
    }

    Collection<HeldCluster> clusters() {
        return clusters.values();
    }

    List<DocumentKey> keys() {
        List<DocumentKey> keys = new ArrayList<>(virtualHosts.size() + clusters.size());
        for (HeldVirtualHost held : virtualHosts.values()) {
            if (held.isDocument()) {
                keys.add(held.key());
            }
        }
        clusters.values().forEach(held -> keys.add(held.key()));
        endpoints.all().forEach(held -> keys.add(held.key()));
        if (runtime != null) {
            keys.add(HeldRuntime.KEY);
        }
        return keys;
    }

    /** All that is wrong with what is held. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        virtualHosts.values().forEach(held -> problems.addAll(held.problems()));
        clusters.values().forEach(held -> problems.addAll(held.problems()));
        endpoints.all().forEach(held -> problems.addAll(held.problems()));
        return problems;
    }

    /** Puts all that serves into the copy again. */
    void keepAgain() {
        virtualHosts.values().forEach(HeldDocument::keepAgain);
        clusters.values().forEach(HeldDocument::keepAgain);
        endpoints.all().forEach(HeldDocument::keepAgain);
        virtualHosts.values().forEach(this::keep);
    }

    void forgetAges() {
        virtualHosts.values().forEach(HeldDocument::forgetAge);
        clusters.values().forEach(HeldDocument::forgetAge);
        endpoints.all().forEach(HeldDocument::forgetAge);
        if (runtime != null) {
            runtime.forgetAge();
        }
    }

    /** The virtual host of a slice, with what the slice says of it and of its clusters. */
    HeldVirtualHost learn(Slice slice) {
        learn(slice.documents(), slice.revision());
        HeldVirtualHost host = virtualHost(slice.virtualHost().key());
        host.learn(slice.virtualHost(), slice.revision());
        catchUp(host);
        catchUpAll();
        return host;
    }

    /** The same of what was good once, where nothing else is. */
    HeldVirtualHost learnOld(Slice slice) {
        for (Part part : slice.documents()) {
            if (part.key().kind().equals(CLUSTER)) {
                cluster(part.key()).learnOld(part);
            } else if (part.key().kind().equals(ENDPOINTS)) {
                endpoints.of(part).learnOld(part);
            }
        }
        HeldVirtualHost host = virtualHost(slice.virtualHost().key());
        host.learnOld(slice.virtualHost());
        catchUp(host);
        return host;
    }

    /** Documents changed, or came to be referred to, as of a revision. */
    void change(List<Part> documents, long revision) {
        learn(documents, revision);
        for (Part part : documents) {
            boolean isHost = part.key().kind().equals(VIRTUAL_HOST);
            HeldVirtualHost host = isHost ? virtualHosts.get(part.key().name()) : null;
            if (host != null) {
                host.learn(part, revision);
                catchUp(host);
            }
        }
        catchUpAll();
        sweep();
    }

    boolean holds(DocumentKey key) {
        return switch (key.kind()) {
            case VIRTUAL_HOST -> virtualHosts.containsKey(key.name());
            case CLUSTER -> clusters.containsKey(key.name());
            case RUNTIME -> runtime != null;
            default -> key.kind().equals(ENDPOINTS) && endpoints.find(key.name()) != null;
        };
    }

    /** Whether something sends, or may soon send again, to the cluster of that name. */
    boolean runs(String cluster) {
        HeldCluster held = clusters.get(cluster);
        return held != null && held.running != null;
    }

    /** Clusters first: a virtual host may need them. Changed ones that run are changed once. */
    void learn(List<Part> documents, long revision) {
        for (Part part : documents) {
            if (part.key().kind().equals(ENDPOINTS) && endpoints.of(part).learn(part, revision)) {
                runAgain(part.key().name());
            }
        }
        for (Part part : documents) {
            if (part.key().kind().equals(CLUSTER)) {
                HeldCluster cluster = cluster(part.key());
                String before = cluster.endpointsName();
                if (cluster.learn(part, revision) && cluster.running != null) {
                    run(cluster);
                }
                if (!before.isEmpty() && !before.equals(cluster.endpointsName())) {
                    endpoints.loosen();
                }
            } else if (part.key().equals(HeldRuntime.KEY)) {
                runtime().learn(part, revision);
                virtualHosts.values().forEach(this::turn);
            }
        }
    }

    private HeldRuntime runtime() {
        HeldRuntime held = runtime;
        if (held == null) {
            held = new HeldRuntime(workshop);
            runtime = held;
        }
        return held;
    }

    /** A host that asks the Runtime reads what it says now. */
    private void turn(HeldVirtualHost host) {
        turn(host.good());
        turn(host.served());
    }

    private void turn(@Nullable RouteTable table) {
        RuntimeValues values = table == null ? null : table.runtime();
        if (values != null) {
            values.set(runtime().values());
        }
    }

    private HeldCluster cluster(DocumentKey key) {
        HeldCluster held = clusters.get(key.name());
        if (held == null) {
            held = new HeldCluster(key, workshop);
            clusters.put(key.name(), held);
            unused.add(held);
        }
        return held;
    }

    /** Its hosts have changed, and nothing else of the clusters that name them. */
    private void runAgain(String changed) {
        for (HeldCluster cluster : clusters.values()) {
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

    private void keep(HeldCluster cluster) {
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

    /** Its clusters first: whoever finds it finds them. */
    void keep(HeldVirtualHost host) {
        for (HeldCluster cluster : host.clusters()) {
            keep(cluster);
        }
        byte[] json = host.servedJson();
        if (json != null && host.isDocument() && host.keep(json)) {
            watcher.serves(host.key(), json, host.clusterNames());
        }
    }

    HeldVirtualHost virtualHost(DocumentKey key) {
        return virtualHosts.computeIfAbsent(
                place(key), place -> new HeldVirtualHost(key, workshop));
    }

    private static String place(DocumentKey key) {
        return key.kind().equals(VIRTUAL_HOST) ? key.name() : '*' + key.name();
    }

    void catchUpAll() {
        if (!behind.isEmpty()) {
            List.copyOf(behind).forEach(this::catchUp);
        }
    }

    /** Serves the newest good one, where it is not served and all its clusters are there. */
    void catchUp(HeldVirtualHost host) {
        RouteTable table = host.good();
        if (table == null || !host.isBehind()) {
            behind.remove(host);
            return;
        }
        String[] wanted = table.clusters();
        HeldCluster[] linked = new HeldCluster[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            HeldCluster cluster = clusters.get(wanted[i]);
            if (cluster == null || settings(cluster) == null) {
                host.lacks(wanted[i]);
                behind.add(host);
                return;
            }
            linked[i] = cluster;
        }
        serve(host, linked);
    }

    private void serve(HeldVirtualHost host, HeldCluster[] linked) {
        Cluster[] runs = new Cluster[linked.length];
        for (int i = 0; i < linked.length; i++) {
            linked[i].users++;
            Cluster runsAlready = linked[i].running;
            Cluster runsNow = runsAlready == null ? run(linked[i]) : runsAlready;
            if (runsNow == null) {
                throw new IllegalStateException(linked[i].key() + ": not built");
            }
            runs[i] = runsNow;
        }
        for (HeldCluster before : host.clusters()) {
            leave(before);
        }
        host.serve(linked, runs);
        turn(host);
        behind.remove(host);
        keep(host);
        for (HeldName name : host.names) {
            offer(name, host);
        }
    }

    static void offer(HeldName name, HeldVirtualHost host) {
        Held held = host.held(name.domain);
        if (held != null) {
            name.into.offer(name.name.host(), held);
        }
    }

    /** It serves nothing, but its problems are to be seen; not those of too many. */
    void keepRefused(HeldVirtualHost host) {
        watcher.refused();
        if (host.names.isEmpty() && refused.add(host) && refused.size() > MOST_REFUSED) {
            HeldVirtualHost first = refused.iterator().next();
            refused.remove(first);
            drop(first);
        }
    }

    /** Lets go of what nothing needs. */
    void sweep() {
        if (!refused.isEmpty()) {
            for (HeldVirtualHost host : List.copyOf(refused)) {
                if (!host.names.isEmpty()) {
                    refused.remove(host);
                } else if (host.isServed() || host.newest() == null) {
                    refused.remove(host);
                    drop(host);
                }
            }
        }
        if (!unused.isEmpty()) {
            Set<String> awaited = awaited();
            for (HeldCluster cluster : List.copyOf(unused)) {
                if (cluster.users > 0) {
                    unused.remove(cluster);
                } else if (!awaited.contains(cluster.key().name())) {
                    unused.remove(cluster);
                    drop(cluster);
                }
            }
        }
        endpoints.sweep(clusters.values());
    }

    /** Clusters that a virtual host waits for, to be served by its newest document. */
    private Set<String> awaited() {
        Set<String> awaited = new HashSet<>();
        for (HeldVirtualHost host : behind) {
            RouteTable table = host.good();
            if (table != null) {
                awaited.addAll(List.of(table.clusters()));
            }
        }
        return awaited;
    }

    void drop(HeldVirtualHost host) {
        virtualHosts.remove(place(host.key()));
        behind.remove(host);
        for (HeldCluster cluster : host.clusters()) {
            leave(cluster);
        }
        if (host.isDocument()) {
            watcher.gone(host.key());
        }
    }

    private void leave(HeldCluster cluster) {
        cluster.users--;
        if (cluster.users == 0) {
            unused.add(cluster);
        }
    }

    private void drop(HeldCluster cluster) {
        clusters.remove(cluster.key().name());
        endpoints.loosen();
        watcher.gone(cluster.key());
        if (cluster.running != null) {
            watcher.idle(cluster.key().name());
        }
    }
}
