package dev.wick.route;

import dev.wick.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one virtual host, compiled and immutable. The first in list order whose conditions
 * all hold is the one that a request meets; exact paths and prefixes are found in a time that does
 * not grow with the table.
 */
public final class RouteTable {

    private final String[] clusters;
    private final Route[] routes;
    private final PathIndexes indexes;
    private final @Nullable VirtualClusters virtualClusters;

    /**
     * @param clusters distinct names; decisions speak of places in it
     * @param routes in list order, each with its own index
     */
    public RouteTable(List<String> clusters, List<Route> routes) {
        this(clusters, routes, null);
    }

    /**
     * @param clusters distinct names; decisions speak of places in it
     * @param routes in list order, each with its own index
     * @param virtualClusters which requests are counted by themselves; null: none
     */
    public RouteTable(
            List<String> clusters, List<Route> routes, @Nullable VirtualClusters virtualClusters) {
        this.virtualClusters = virtualClusters;
        this.clusters = clusters.toArray(new String[0]);
        this.routes = routes.toArray(new Route[0]);
        PathIndexes.Builder builder = new PathIndexes.Builder();
        for (int i = 0; i < this.routes.length; i++) {
            if (this.routes[i].index() != i) {
                throw new IllegalArgumentException(
                        "index: " + this.routes[i].index() + " (expected: " + i + ")");
            }
            this.routes[i].path().enter(builder, i);
        }
        indexes = builder.build();
    }

    /** The names of the clusters that decisions forward to, each once; a slot is a place in it. */
    public String[] clusters() {
        return clusters.clone();
    }

    /** Which requests are counted by themselves; null: none. */
    public @Nullable VirtualClusters virtualClusters() {
        return virtualClusters;
    }

    /** How many routes there are. */
    public int size() {
        return routes.length;
    }

    /** The route that a request meets, or null. Any thread, as long as the head belongs to it. */
    public @Nullable Route match(RequestHead head) {
        String target = head.path();
        int end = PathCondition.end(target);
        int best = first(indexes.sensitive(), target, end, routes.length, head);
        PathIndex insensitive = indexes.insensitive();
        if (insensitive != null) {
            best = first(insensitive, Ascii.lower(target), end, best, head);
        }
        best = firstOther(target, end, best, head);
        return best == routes.length ? null : routes[best];
    }

    private int first(PathIndex index, String target, int end, int bound, RequestHead head) {
        int best = first(index.exact(target, end), bound, head);
        int position = 0;
        for (PathIndex.Node node = index.prefixes();
                node != null;
                node = node.next(target, position, end)) {
            position += node.length();
            best = first(node.routes(), best, head);
            best = first(node.separated(target, position, end), best, head);
        }
        return best;
    }

    /**
     * The first of the candidates, whose path conditions hold, that is before {@code bound} and
     * matches; else {@code bound}.
     */
    private int first(int[] candidates, int bound, RequestHead head) {
        for (int candidate : candidates) {
            if (candidate >= bound) {
                return bound;
            }
            if (routes[candidate].conditionsHold(head)) {
                return candidate;
            }
        }
        return bound;
    }

    private int firstOther(String target, int end, int bound, RequestHead head) {
        for (int candidate : indexes.others()) {
            if (candidate >= bound) {
                return bound;
            }
            Route route = routes[candidate];
            // An expression costs most, so it is asked last.
            if (route.conditionsHold(head) && route.path().holds(target, end)) {
                return candidate;
            }
        }
        return bound;
    }

    /**
     * Every route that is tried, in list order, up to the one that matches; the same conditions as
     * {@link #match}.
     */
    public List<Step> explain(RequestHead head) {
        List<Step> steps = new ArrayList<>();
        for (Route route : routes) {
            Step step = route.step(head);
            steps.add(step);
            if (step.matched()) {
                break;
            }
        }
        return List.copyOf(steps);
    }
}
