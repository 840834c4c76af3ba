package dev.wick.route;

import dev.wick.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
    private final @Nullable RuntimeValues runtime;
    private final boolean shares;

    /**
     * @param clusters distinct names; decisions speak of places in it
     * @param routes in list order, each with its own index
     */
    public RouteTable(List<String> clusters, List<Route> routes) {
        this(clusters, routes, null, null);
    }

    /**
     * @param clusters distinct names; decisions speak of places in it
     * @param routes in list order, each with its own index
     * @param virtualClusters which requests are counted by themselves; null: none
     * @param runtime what the routes' shares read; null: no key is asked for
     */
    public RouteTable(
            List<String> clusters,
            List<Route> routes,
            @Nullable VirtualClusters virtualClusters,
            @Nullable RuntimeValues runtime) {
        this.runtime = runtime;
        boolean some = false;
        for (Route route : routes) {
            some |= route.takesAShare();
        }
        this.shares = some;
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

    /** What the Runtime document says, to be set by who knows it; null: no key is asked for. */
    public @Nullable RuntimeValues runtime() {
        return runtime;
    }

    /** The route at a place. */
    public Route route(int index) {
        return routes[index];
    }

    /** How many routes there are. */
    public int size() {
        return routes.length;
    }

    /** The route that a request meets, or null. Any thread, as long as the head belongs to it. */
    public @Nullable Route match(RequestHead head) {
        return match(head, shares ? ThreadLocalRandom.current().nextLong() : 0);
    }

    /**
     * The same for one number.
     *
     * @param random any number, which decides about shares: one for all routes, as in Envoy
     */
    public @Nullable Route match(RequestHead head, long random) {
        String target = head.path();
        int end = PathCondition.end(target);
        int best = first(indexes.sensitive(), target, end, routes.length, head, random);
        PathIndex insensitive = indexes.insensitive();
        if (insensitive != null) {
            best = first(insensitive, Ascii.lower(target), end, best, head, random);
        }
        best = firstOther(target, end, best, head, random);
        return best == routes.length ? null : routes[best];
    }

    private int first(
            PathIndex index, String target, int end, int bound, RequestHead head, long random) {
        int best = first(index.exact(target, end), bound, head, random);
        int position = 0;
        for (PathIndex.Node node = index.prefixes();
                node != null;
                node = node.next(target, position, end)) {
            position += node.length();
            best = first(node.routes(), best, head, random);
            best = first(node.separated(target, position, end), best, head, random);
        }
        return best;
    }

    /**
     * The first of the candidates, whose path conditions hold, that is before {@code bound} and
     * matches; else {@code bound}.
     */
    private int first(int[] candidates, int bound, RequestHead head, long random) {
        for (int candidate : candidates) {
            if (candidate >= bound) {
                return bound;
            }
            if (routes[candidate].conditionsHold(head, random)) {
                return candidate;
            }
        }
        return bound;
    }

    private int firstOther(String target, int end, int bound, RequestHead head, long random) {
        for (int candidate : indexes.others()) {
            if (candidate >= bound) {
                return bound;
            }
            Route route = routes[candidate];
            // An expression costs most, so it is asked last.
            if (route.conditionsHold(head, random) && route.path().holds(target, end)) {
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
