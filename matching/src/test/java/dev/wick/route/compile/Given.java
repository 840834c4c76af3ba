package dev.wick.route.compile;

import dev.wick.http.RequestHead;
import dev.wick.model.Balancing;
import dev.wick.model.Delivery;
import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HostPolicies;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RetryRules;
import dev.wick.model.Rewrite;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteMatch;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Timeouts;
import dev.wick.model.Upgrades;
import dev.wick.model.ValueMatch;
import dev.wick.model.VirtualHost;
import dev.wick.route.RouteTable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Virtual hosts, routes and requests in few words. */
final class Given {

    private Given() {}

    static PathMatch prefix(String prefix) {
        return new PathMatch.Prefix(prefix);
    }

    static PathMatch exact(String path) {
        return new PathMatch.Exact(path);
    }

    static PathMatch regex(String regex) {
        return new PathMatch.Regex(regex);
    }

    static RouteMatch on(PathMatch path) {
        return new RouteMatch(path, List.of(), List.of(), List.of());
    }

    static RouteMatch onMethods(String... methods) {
        return new RouteMatch(prefix("/"), List.of(methods), List.of(), List.of());
    }

    static RouteMatch onHeader(String name, ValueMatch value) {
        return onHeader(name, value, false);
    }

    static RouteMatch onHeader(String name, ValueMatch value, boolean invert) {
        HeaderMatch match = new HeaderMatch(name, value, invert);
        return new RouteMatch(prefix("/"), List.of(), List.of(match), List.of());
    }

    static RouteMatch onQuery(String name, ValueMatch value) {
        QueryMatch match = new QueryMatch(name, value);
        return new RouteMatch(prefix("/"), List.of(), List.of(), List.of(match));
    }

    static RouteAction to(String cluster) {
        return to(cluster, null);
    }

    static RouteAction to(String cluster, @Nullable String prefixRewrite) {
        return to(List.of(new RouteAction.WeightedCluster(cluster, 1)), prefixRewrite);
    }

    static RouteAction to(
            List<RouteAction.WeightedCluster> clusters, @Nullable String prefixRewrite) {
        return forward(clusters, prefixRewrite, Duration.ofSeconds(15));
    }

    static RouteAction forward(
            List<RouteAction.WeightedCluster> clusters,
            @Nullable String prefixRewrite,
            Duration timeout) {
        return forward(clusters, new Rewrite(prefixRewrite), timeout);
    }

    static RouteAction rewriting(Rewrite rewrite) {
        List<RouteAction.WeightedCluster> clusters =
                List.of(new RouteAction.WeightedCluster("a", 1));
        return forward(clusters, rewrite, Duration.ofSeconds(15));
    }

    private static RouteAction forward(
            List<RouteAction.WeightedCluster> clusters, Rewrite rewrite, Duration timeout) {
        return new RouteAction.Forward(
                new dev.wick.model.ClusterChoice(clusters),
                rewrite,
                new Timeouts(timeout),
                Delivery.DEFAULT,
                RetryRules.DEFAULT,
                Balancing.DEFAULT,
                Upgrades.DEFAULT);
    }

    static RouteAction forward(
            List<RouteAction.WeightedCluster> clusters,
            Balancing balancing,
            RoutingPriority priority) {
        return new RouteAction.Forward(
                new dev.wick.model.ClusterChoice(clusters),
                Rewrite.NONE,
                Timeouts.DEFAULT,
                new Delivery(List.of(), null, priority),
                RetryRules.DEFAULT,
                balancing,
                Upgrades.DEFAULT);
    }

    static Route route(RouteMatch match, RouteAction action) {
        return new Route(null, match, action, HeaderMutations.NONE, HeaderMutations.NONE);
    }

    static Route route(RouteMatch match) {
        return route(match, to("a"));
    }

    static VirtualHost host(Route... routes) {
        return host(HeaderMutations.NONE, HeaderMutations.NONE, routes);
    }

    static VirtualHost host(HeaderMutations request, HeaderMutations response, Route... routes) {
        return new VirtualHost(
                "h",
                List.of(),
                List.of("*"),
                List.of(routes),
                request,
                response,
                HostPolicies.DEFAULT);
    }

    static HeaderMutations add(String name, String value) {
        return new HeaderMutations(List.of(HeaderValue.added(name, value)), List.of(), List.of());
    }

    static HeaderMutations set(String name, String value) {
        return new HeaderMutations(List.of(), List.of(HeaderValue.set(name, value)), List.of());
    }

    static HeaderMutations remove(String... names) {
        return new HeaderMutations(List.of(), List.of(), List.of(names));
    }

    static RouteTable table(Route... routes) {
        return table(host(routes));
    }

    static RouteTable table(VirtualHost host) {
        Compiled compiled = RouteCompiler.compile(host);
        RouteTable table = compiled.table();
        if (table == null) {
            throw new AssertionError(compiled.problems());
        }
        return table;
    }

    static RequestHead get(String path) {
        RequestHead head = new RequestHead();
        head.method("GET");
        head.scheme("http");
        head.authority("example.com");
        head.path(path);
        return head;
    }

    static RequestHead with(RequestHead head, String name, String value) {
        head.headers().add(name, value);
        return head;
    }
}
