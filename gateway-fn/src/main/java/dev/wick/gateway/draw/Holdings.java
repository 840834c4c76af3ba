package dev.wick.gateway.draw;

import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Holding;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.model.Problem;
import dev.wick.route.RouteTable;
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
 * What the instance holds: names, the virtual hosts that serve them, the clusters those send to.
 * Each document is built once, whoever refers to it. Confined to one loop.
 *
 * <p>What is held of a document is what was said of it as of the highest revision: learnt twice, it
 * is taken once; learnt late, it is left. What serves is, for each virtual host, its last good
 * document whose clusters all have a good one; the newer one takes its place as soon as it can.
 */
final class Holdings {

    static final String VIRTUAL_HOST = "VirtualHost";
    static final String CLUSTER = "Cluster";

    /** Virtual hosts that serve no name are kept for their problems, as many as this. */
    private static final int MOST_REFUSED = 256;

    private final Clusters running;
    private final Watcher watcher;
    private final Map<HostName, HeldName> names = new HashMap<>();
    private final Map<String, HeldVirtualHost> virtualHosts = new HashMap<>();
    private final Map<String, HeldCluster> clusters = new HashMap<>();
    private final Set<HeldVirtualHost> behind = new LinkedHashSet<>();

    /** Serve no name; kept for their problems. */
    private final Set<HeldVirtualHost> refused = new LinkedHashSet<>();

    /** Nothing that is served sends to them. */
    private final Set<HeldCluster> unused = new LinkedHashSet<>();

    /** Hears of what comes and goes, on the loop. */
    interface Watcher {

        /** What now serves the name is good: worth a copy. */
        void serves(HeldName name);

        /**
         * This document is served from now on.
         *
         * @param clusters that it refers to
         */
        void serves(DocumentKey key, byte[] json, List<String> clusters);

        /** Of a slice nothing can be served. */
        void refused();

        /** Nobody serves the name. */
        void unknown(HostName name);

        /** The document is not held any more. */
        void gone(DocumentKey key);

        /** Nothing sends to the cluster any more. */
        void idle(String cluster);
    }

    Holdings(Clusters running, Watcher watcher) {
        this.running = running;
        this.watcher = watcher;
    }

    @Nullable HeldName name(HostName name) {
        return names.get(name);
    }

    Collection<HeldName> names() {
        return names.values();
    }

    Collection<HeldVirtualHost> virtualHosts() {
        return virtualHosts.values();
    }

    Collection<HeldCluster> clusters() {
        return clusters.values();
    }

    boolean holds(DocumentKey key) {
        return key.kind().equals(VIRTUAL_HOST)
                ? virtualHosts.containsKey(key.name())
                : key.kind().equals(CLUSTER) && clusters.containsKey(key.name());
    }

    /** Whether something sends, or may soon send again, to the cluster of that name. */
    boolean runs(String cluster) {
        HeldCluster held = clusters.get(cluster);
        return held != null && held.running != null;
    }

    Holding holding() {
        List<DocumentKey> documents = new ArrayList<>(virtualHosts.size() + clusters.size());
        virtualHosts.values().forEach(held -> documents.add(held.key()));
        clusters.values().forEach(held -> documents.add(held.key()));
        return new Holding(new ArrayList<>(names.keySet()), documents);
    }

    /** All that is wrong with what is held. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        virtualHosts.values().forEach(held -> problems.addAll(held.problems()));
        clusters.values().forEach(held -> problems.addAll(held.problems()));
        return problems;
    }

    /**
     * A name is served by a slice.
     *
     * @return false where nothing of it can be served, now or from before
     */
    boolean take(HostName name, Names into, Slice slice) {
        learn(slice.documents(), slice.revision());
        HeldVirtualHost host = virtualHost(slice.virtualHost().key());
        host.learn(slice.virtualHost(), slice.revision());
        catchUp(host);
        catchUpAll();
        boolean serves = host.isServed();
        HeldName held = names.get(name);
        if (serves && (held == null || slice.revision() >= held.asOf)) {
            serve(name(name, into), host, slice);
        } else if (!serves) {
            keepRefused(host);
        }
        sweep();
        return serves || (held != null && held.virtualHost != null);
    }

    /**
     * A name is served by what was good once: nothing of it takes the place of what is known to be
     * good now.
     *
     * @return false where nothing of it can be served
     */
    boolean takeCopy(HostName name, Names into, Slice slice) {
        for (Part part : slice.documents()) {
            if (part.key().kind().equals(CLUSTER)) {
                cluster(part.key()).learnOld(part);
            }
        }
        HeldVirtualHost host = virtualHost(slice.virtualHost().key());
        host.learnOld(slice.virtualHost());
        catchUp(host);
        if (host.isServed()) {
            serve(name(name, into), host, slice);
        } else {
            keepRefused(host);
        }
        sweep();
        return host.isServed();
    }

    private void serve(HeldName held, HeldVirtualHost host, Slice slice) {
        leave(held, host);
        held.virtualHost = host;
        held.domain = slice.domain();
        held.etag = slice.etag();
        held.asOf = slice.revision();
        host.names.add(held);
        offer(held, host);
        keep(host);
        watcher.serves(held);
    }

    /** Nobody serves the name, as of a revision. */
    void takeUnknown(HostName name, Names into, long revision) {
        HeldName held = name(name, into);
        if (revision < held.asOf) {
            return;
        }
        leave(held, null);
        held.virtualHost = null;
        held.etag = "";
        held.asOf = revision;
        into.offerUnknown(name.host());
        watcher.unknown(name);
        sweep();
    }

    private HeldName name(HostName name, Names into) {
        return names.computeIfAbsent(name, n -> new HeldName(n, into));
    }

    /** What is held of a name is still so, as of a revision; false where nothing is held of it. */
    boolean confirm(HostName name, long revision) {
        HeldName held = names.get(name);
        if (held == null) {
            return false;
        }
        held.asOf = Math.max(held.asOf, revision);
        return true;
    }

    /** The name goes; so does what only it needed. */
    void release(HostName name) {
        HeldName held = names.remove(name);
        if (held != null) {
            leave(held, null);
            sweep();
        }
    }

    /** Documents changed, or came to be referred to, as of a revision. */
    void change(List<Part> documents, long revision) {
        learn(documents, revision);
        for (Part part : documents) {
            HeldVirtualHost host =
                    part.key().kind().equals(VIRTUAL_HOST)
                            ? virtualHosts.get(part.key().name())
                            : null;
            if (host != null) {
                host.learn(part, revision);
                catchUp(host);
            }
        }
        catchUpAll();
        sweep();
    }

    /** Whatever is held is of another epoch. */
    void forgetAges() {
        names.values().forEach(name -> name.asOf = 0);
        virtualHosts.values().forEach(HeldDocument::forgetAge);
        clusters.values().forEach(HeldDocument::forgetAge);
    }

    /** Clusters first: a virtual host may need them. Changed ones that run are changed once. */
    private void learn(List<Part> documents, long revision) {
        for (Part part : documents) {
            if (part.key().kind().equals(CLUSTER)) {
                HeldCluster cluster = cluster(part.key());
                if (cluster.learn(part, revision) && cluster.running != null) {
                    run(cluster);
                }
            }
        }
    }

    private HeldCluster cluster(DocumentKey key) {
        HeldCluster held = clusters.get(key.name());
        if (held == null) {
            held = new HeldCluster(key);
            clusters.put(key.name(), held);
            unused.add(held);
        }
        return held;
    }

    private @Nullable Cluster run(HeldCluster cluster) {
        ClusterSettings good = cluster.good();
        if (good == null) {
            return null;
        }
        Cluster runs = running.offer(good);
        cluster.running = runs;
        keep(cluster);
        return runs;
    }

    private void keep(HeldCluster cluster) {
        byte[] json = cluster.goodJson();
        if (json != null && cluster.keep(json)) {
            watcher.serves(cluster.key(), json, List.of());
        }
    }

    /** Its clusters first: whoever finds it finds them. */
    private void keep(HeldVirtualHost host) {
        for (HeldCluster cluster : host.clusters()) {
            keep(cluster);
        }
        byte[] json = host.servedJson();
        if (json != null && host.keep(json)) {
            watcher.serves(host.key(), json, host.clusterNames());
        }
    }

    private HeldVirtualHost virtualHost(DocumentKey key) {
        return virtualHosts.computeIfAbsent(key.name(), name -> new HeldVirtualHost(key));
    }

    private void catchUpAll() {
        if (!behind.isEmpty()) {
            List.copyOf(behind).forEach(this::catchUp);
        }
    }

    /** Serves the newest good one, where it is not served and all its clusters are there. */
    private void catchUp(HeldVirtualHost host) {
        RouteTable table = host.good();
        if (table == null || !host.isBehind()) {
            behind.remove(host);
            return;
        }
        String[] wanted = table.clusters();
        HeldCluster[] linked = new HeldCluster[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            HeldCluster cluster = clusters.get(wanted[i]);
            if (cluster == null || cluster.good() == null) {
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
        behind.remove(host);
        keep(host);
        for (HeldName name : host.names) {
            offer(name, host);
        }
    }

    private static void offer(HeldName name, HeldVirtualHost host) {
        Held held = host.held(name.domain);
        if (held != null) {
            name.into.offer(name.name.host(), held);
        }
    }

    /** The name is no longer served by whoever served it, unless that is {@code stays}. */
    private void leave(HeldName name, @Nullable HeldVirtualHost stays) {
        HeldVirtualHost before = name.virtualHost;
        if (before != null && before != stays) {
            before.names.remove(name);
            if (before.names.isEmpty()) {
                drop(before);
            }
        }
    }

    /** It serves nothing, but its problems are to be seen; not those of too many. */
    private void keepRefused(HeldVirtualHost host) {
        watcher.refused();
        if (host.names.isEmpty() && refused.add(host) && refused.size() > MOST_REFUSED) {
            HeldVirtualHost first = refused.iterator().next();
            refused.remove(first);
            drop(first);
        }
    }

    /** Lets go of what nothing needs. */
    private void sweep() {
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

    private void drop(HeldVirtualHost host) {
        virtualHosts.remove(host.key().name());
        behind.remove(host);
        for (HeldCluster cluster : host.clusters()) {
            leave(cluster);
        }
        watcher.gone(host.key());
    }

    private void leave(HeldCluster cluster) {
        cluster.users--;
        if (cluster.users == 0) {
            unused.add(cluster);
        }
    }

    private void drop(HeldCluster cluster) {
        clusters.remove(cluster.key().name());
        watcher.gone(cluster.key());
        if (cluster.running != null) {
            watcher.idle(cluster.key().name());
        }
    }
}
