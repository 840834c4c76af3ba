package dev.wick.gateway.draw;

import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.Clusters;
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

    private final Workshop workshop;
    private final HoldingsWatcher watcher;
    private final Map<String, HeldVirtualHost> virtualHosts = new HashMap<>();
    private final ClustersHeld clusters;
    private final EndpointsHeld endpoints;

    /** Null until it is asked for. */
    private @Nullable HeldRuntime runtime;

    private final Set<HeldVirtualHost> behind = new LinkedHashSet<>();

    /** Serve no name; kept for their problems. */
    private final Set<HeldVirtualHost> refused = new LinkedHashSet<>();

    Documents(Clusters running, Workshop workshop, HoldingsWatcher watcher) {
        this.workshop = workshop;
        this.watcher = watcher;
        this.endpoints = new EndpointsHeld(workshop, watcher);
        this.clusters = new ClustersHeld(running, workshop, watcher, endpoints);
    }

    Collection<HeldVirtualHost> virtualHosts() {
        return virtualHosts.values();
    }

    Collection<HeldEndpoints> endpoints() {
        return endpoints.all();
    }

    Collection<HeldCluster> clusters() {
        return clusters.all();
    }

    List<DocumentKey> keys() {
        List<DocumentKey> keys = new ArrayList<>(virtualHosts.size() + clusters.all().size());
        for (HeldVirtualHost held : virtualHosts.values()) {
            if (held.isDocument()) {
                keys.add(held.key());
            }
        }
        clusters.all().forEach(held -> keys.add(held.key()));
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
        clusters.all().forEach(held -> problems.addAll(held.problems()));
        endpoints.all().forEach(held -> problems.addAll(held.problems()));
        return problems;
    }

    /** Puts all that serves into the copy again. */
    void keepAgain() {
        virtualHosts.values().forEach(HeldDocument::keepAgain);
        clusters.all().forEach(HeldDocument::keepAgain);
        endpoints.all().forEach(HeldDocument::keepAgain);
        virtualHosts.values().forEach(this::keep);
    }

    void forgetAges() {
        virtualHosts.values().forEach(HeldDocument::forgetAge);
        clusters.all().forEach(HeldDocument::forgetAge);
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
                clusters.learnOld(part);
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
            case CLUSTER -> clusters.find(key.name()) != null;
            case RUNTIME -> runtime != null;
            default -> key.kind().equals(ENDPOINTS) && endpoints.find(key.name()) != null;
        };
    }

    /** Whether something sends, or may soon send again, to the cluster of that name. */
    boolean runs(String cluster) {
        HeldCluster held = clusters.find(cluster);
        return held != null && held.running != null;
    }

    /** Clusters first: a virtual host may need them. Changed ones that run are changed once. */
    void learn(List<Part> documents, long revision) {
        for (Part part : documents) {
            if (part.key().kind().equals(ENDPOINTS) && endpoints.of(part).learn(part, revision)) {
                clusters.runAgain(part.key().name());
            }
        }
        for (Part part : documents) {
            if (part.key().kind().equals(CLUSTER)) {
                clusters.learn(part, revision);
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

    /** Its clusters first: whoever finds it finds them. */
    void keep(HeldVirtualHost host) {
        for (HeldCluster cluster : host.clusters()) {
            clusters.keep(cluster);
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
            HeldCluster cluster = clusters.ready(wanted[i]);
            if (cluster == null) {
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
            runs[i] = clusters.use(linked[i]);
        }
        for (HeldCluster before : host.clusters()) {
            clusters.leave(before);
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
        if (clusters.anyUnused()) {
            clusters.sweep(awaited());
        }
        endpoints.sweep(clusters.all());
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
            clusters.leave(cluster);
        }
        if (host.isDocument()) {
            watcher.gone(host.key());
        }
    }
}
