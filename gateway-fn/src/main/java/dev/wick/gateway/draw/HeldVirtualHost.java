package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.compile.Compiler;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.model.Problem;
import dev.wick.route.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual host that is held, and the names that it serves. What is served is the last good one
 * whose clusters are all there: it may be older than {@link #good}. Confined to the loop of its
 * {@link Holdings}.
 */
final class HeldVirtualHost extends HeldDocument<RouteTable> {

    private final Workshop workshop;
    final Set<HeldName> names = new HashSet<>();
    private final Map<String, Held> byDomain = new HashMap<>(2);
    private @Nullable RouteTable served;
    private byte @Nullable [] servedJson;
    private HeldCluster[] clusters = {};
    private Cluster[] running = {};
    private @Nullable Problem missing;

    HeldVirtualHost(DocumentKey key, Workshop workshop) {
        super(key);
        this.workshop = workshop;
    }

    @Override
    Built<RouteTable> build(Part part) {
        return isDocument() ? workshop.table(part) : Compiler.named(key().name());
    }

    /** False where it only stands for a cluster that is asked for by its name. */
    boolean isDocument() {
        return key().kind().equals(Documents.VIRTUAL_HOST);
    }

    boolean isServed() {
        return served != null;
    }

    @Nullable RouteTable served() {
        return served;
    }

    byte @Nullable [] servedJson() {
        return servedJson;
    }

    /** Whether there is a good one that is not served yet. */
    boolean isBehind() {
        return good() != null && good() != served;
    }

    /** Those to which what is served sends. */
    HeldCluster[] clusters() {
        return clusters;
    }

    /** Of those to which what is served sends. */
    List<String> clusterNames() {
        List<String> clusterNames = new ArrayList<>(clusters.length);
        for (HeldCluster cluster : clusters) {
            clusterNames.add(cluster.key().name());
        }
        return clusterNames;
    }

    /** Serves {@link #good} from now on. */
    void serve(HeldCluster[] linked, Cluster[] runs) {
        served = good();
        servedJson = goodJson();
        clusters = linked;
        running = runs;
        missing = null;
        byDomain.clear();
    }

    /** {@link #good} cannot be served for want of a cluster. */
    void lacks(String cluster) {
        missing =
                new Problem(
                        key().toString(),
                        "routes",
                        Problem.shown(cluster),
                        "a cluster that this instance can build");
    }

    @Override
    List<Problem> problems() {
        Problem lacking = missing;
        if (lacking == null) {
            return super.problems();
        }
        List<Problem> all = new ArrayList<>(super.problems());
        all.add(lacking);
        return all;
    }

    /** What is served under one of its domains: the same object for all names of the domain. */
    @Nullable Held held(String domain) {
        RouteTable table = served;
        if (table == null) {
            return null;
        }
        Held held = byDomain.get(domain);
        if (held == null) {
            held = new Held.Serving(new HostSnapshot(domain, key().name(), asOf(), table, running));
            byDomain.put(domain, held);
        }
        return held;
    }
}
