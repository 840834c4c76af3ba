package dev.wick.model.wire;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HostDelivery;
import dev.wick.model.HostPolicies;
import dev.wick.model.HostRetries;
import dev.wick.model.Kind;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.Route;
import dev.wick.model.VirtualCluster;
import dev.wick.model.VirtualHost;
import dev.wick.model.check.Rules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of a virtual host; what stands within has its own. */
final class HostShape {

    static final Shape<VirtualHost> VIRTUAL_HOST = virtualHost();

    private HostShape() {}

    private static Shape<VirtualHost> virtualHost() {
        ShapeBuilder<VirtualHost> shape =
                Shapes.document(Kind.VIRTUAL_HOST, "The routes of a set of domains.");
        Slot<String> name = Shapes.name(shape);
        Slot<List<String>> listeners =
                shape.optional(
                        "listeners",
                        Types.list(Texts.NAME, 0),
                        VirtualHost::listeners,
                        List.of(),
                        "Names of the listeners that serve it; by default every HTTP listener.",
                        "every HTTP listener");
        Slot<List<String>> chains =
                shape.optional(
                        "filterChains",
                        Types.list(Texts.NAME, 0),
                        VirtualHost::filterChains,
                        List.of(),
                        "Names of the filter chains that serve it; by default every one.",
                        "every one");
        Slot<List<String>> domains =
                shape.required(
                        "domains",
                        Types.list(
                                Types.text(1, 260, "a domain, as example.com or *.example.com"), 1),
                        VirtualHost::domains,
                        "Exact (api.example.com), suffix wildcard (*.example.com), prefix wildcard (api.*) or *."
                                + " One without a port matches any port, one with a port just that.");
        Slot<List<Route>> routes =
                shape.optional(
                        "routes",
                        Types.list(RouteShapes.ROUTE, 0),
                        VirtualHost::routes,
                        List.of(),
                        "The first that matches wins.");
        Slot<HeaderMutations> requestHeaders =
                HeaderShapes.mutations(
                        shape,
                        "requestHeaders",
                        VirtualHost::requestHeaders,
                        "Changes to the requests of all routes, made after the route's own.");
        Slot<HeaderMutations> responseHeaders =
                HeaderShapes.mutations(
                        shape,
                        "responseHeaders",
                        VirtualHost::responseHeaders,
                        "Changes to the responses of all routes, made after the route's own.");
        Slot<List<MirrorPolicy>> mirrors =
                shape.optional(
                        "requestMirrorPolicies",
                        DeliveryShapes.MIRRORS,
                        host -> host.policies().delivery().mirrors(),
                        List.of(),
                        "Where copies of requests go, for routes that do not say so themselves.");
        Slot<List<VirtualCluster>> virtualClusters =
                shape.optional(
                        "virtualClusters",
                        DeliveryShapes.VIRTUAL_CLUSTERS,
                        host -> host.policies().delivery().virtualClusters(),
                        List.of(),
                        "Requests that have statistics of their own; the first that takes one counts it.");
        Function<@Nullable Object[], HostRetries> retries = RetryShapes.hostRules(shape);
        shape.rule(Rules::virtualHost);
        return shape.make(
                v ->
                        new VirtualHost(
                                name.of(v),
                                listeners.of(v),
                                chains.of(v),
                                domains.of(v),
                                routes.of(v),
                                requestHeaders.of(v),
                                responseHeaders.of(v),
                                new HostPolicies(
                                        new HostDelivery(mirrors.of(v), virtualClusters.of(v)),
                                        retries.apply(v))));
    }
}
