package dev.wick.store.explain;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HttpPolicies;
import dev.wick.model.Route;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.VirtualHost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is done to headers, in Envoy's order: cluster, route, virtual host, listener; where the most
 * specific wins, the last three the other way round. Used by one thread.
 */
final class HeaderOrder {

    private static final String REQUEST = "request";
    private static final String RESPONSE = "response";

    private final List<Explanation.HeaderChange> changes = new ArrayList<>();

    private HeaderOrder() {}

    /**
     * @param routeName who the route is, in explanations
     * @param listenerName who says what the listener does
     */
    static List<Explanation.HeaderChange> of(
            Route route,
            String routeName,
            VirtualHost host,
            HttpPolicies http,
            String listenerName) {
        HeaderOrder order = new HeaderOrder();
        String hostName = host.kind().spelling() + "/" + host.name();
        boolean forwards = route.action() instanceof Forward;
        if (forwards) {
            order.targets(REQUEST, route, routeName);
            order.levels(
                    REQUEST,
                    http.mostSpecificHeaderMutationsWins(),
                    new Level(route.requestHeaders(), routeName),
                    new Level(host.requestHeaders(), hostName),
                    new Level(http.requestHeaders(), listenerName));
            order.targets(RESPONSE, route, routeName);
        }
        order.levels(
                RESPONSE,
                http.mostSpecificHeaderMutationsWins(),
                new Level(route.responseHeaders(), routeName),
                new Level(host.responseHeaders(), hostName),
                new Level(http.responseHeaders(), listenerName));
        return order.changes;
    }

    private record Level(HeaderMutations mutations, String from) {}

    private void targets(String message, Route route, String routeName) {
        if (!(route.action() instanceof Forward forward)) {
            return;
        }
        for (WeightedCluster target : forward.clusters()) {
            String to =
                    target.cluster() == null
                            ? "what header " + target.clusterHeader() + " names"
                            : "Cluster/" + target.cluster();
            add(
                    message,
                    message.equals(REQUEST) ? target.requestHeaders() : target.responseHeaders(),
                    routeName + ", to " + to);
        }
    }

    private void levels(String message, boolean mostSpecificWins, Level... levels) {
        List<Level> order = new ArrayList<>(List.of(levels));
        if (mostSpecificWins) {
            Collections.reverse(order);
        }
        for (Level level : order) {
            add(message, level.mutations(), level.from());
        }
    }

    /** What is removed, then what overwrites, then the rest. */
    private void add(String message, HeaderMutations mutations, String from) {
        for (String name : mutations.remove()) {
            changes.add(new Explanation.HeaderChange(message, "REMOVE", name, null, from));
        }
        List<HeaderValue> values = new ArrayList<>(mutations.set());
        values.addAll(mutations.add());
        for (boolean overwriting : new boolean[] {true, false}) {
            for (HeaderValue value : values) {
                if (value.appendAction().overwrites() == overwriting) {
                    changes.add(
                            new Explanation.HeaderChange(
                                    message,
                                    value.appendAction().name(),
                                    value.name(),
                                    value.value(),
                                    from));
                }
            }
        }
    }
}
