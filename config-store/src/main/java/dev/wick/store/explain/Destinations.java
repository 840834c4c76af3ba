package dev.wick.store.explain;

import dev.wick.http.RequestHead;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.RoutingPriority;
import dev.wick.model.wire.Json;
import dev.wick.route.Forward;
import dev.wick.route.RouteTable;
import dev.wick.route.Targets;
import dev.wick.store.keep.Stored;
import dev.wick.store.slice.Holding;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.Slice;
import dev.wick.store.slice.Slices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clusters that a request may go to, and their hosts. Used by one thread. */
final class Destinations {

    /** The settings of more are left out: a route may split among hundreds. */
    private static final int MOST_TOLD = 10;

    private final Slices slices;
    private final String gateway;
    private final List<String> steps;
    private final List<String> clusters = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();

    /**
     * @param steps hears what is found out on the way
     */
    Destinations(Slices slices, String gateway, List<String> steps) {
        this.slices = slices;
        this.gateway = gateway;
        this.steps = steps;
    }

    List<String> clusters() {
        return clusters;
    }

    List<String> endpoints() {
        return endpoints;
    }

    void tell(RouteTable table, Forward forward, Slice.Found found, RequestHead head, Told told) {
        Targets targets = forward.targets();
        RoutingPriority priority = forward.high() ? RoutingPriority.HIGH : RoutingPriority.DEFAULT;
        for (int place = 0; place < targets.size(); place++) {
            int slot = targets.slot(place);
            if (slot >= 0) {
                cluster(table.clusters()[slot], found.documents(), priority, told);
            } else {
                named(targets.named(place, head), targets.notFoundStatus(), priority, told);
            }
        }
        if (clusters.size() > MOST_TOLD) {
            steps.add((clusters.size() - MOST_TOLD) + " more clusters: settings left out");
        }
    }

    private void cluster(String name, List<Stored> documents, RoutingPriority priority, Told told) {
        clusters.add(name);
        for (Stored stored : documents) {
            if (stored.key().kind().equals("Cluster")
                    && stored.key().name().equals(name)
                    && Json.read(stored.document()) instanceof Cluster cluster) {
                Endpoints elsewhere = elsewhere(cluster, documents);
                for (Endpoint one :
                        elsewhere == null ? cluster.endpoints() : elsewhere.endpoints()) {
                    endpoints.add(one.address() + ":" + one.port());
                }
                if (clusters.size() <= MOST_TOLD) {
                    ClusterSettings.tell(cluster, elsewhere, priority, told);
                }
            }
        }
    }

    private void named(
            @Nullable String name, int notFoundStatus, RoutingPriority priority, Told told) {
        if (name == null) {
            steps.add("the header that names the cluster is missing: " + notFoundStatus);
            return;
        }
        HostName cluster = new HostName("*", HostName.CLUSTERS, name);
        Slice.Found found = slices.read(gateway, cluster, Holding.NONE).found();
        if (found == null) {
            steps.add("cluster " + name + " is not there: " + notFoundStatus);
            return;
        }
        steps.add("cluster " + name + ", as the header says");
        cluster(name, found.documents(), priority, told);
    }

    /** The document that has the hosts of a cluster; null: it has them itself, or nobody has. */
    private static @Nullable Endpoints elsewhere(Cluster cluster, List<Stored> documents) {
        for (Stored stored : documents) {
            if (stored.key().kind().equals("Endpoints")
                    && stored.key().name().equals(cluster.endpointsName())
                    && Json.read(stored.document()) instanceof Endpoints elsewhere) {
                return elsewhere;
            }
        }
        return null;
    }
}
