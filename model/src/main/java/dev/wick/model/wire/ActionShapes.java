package dev.wick.model.wire;

import dev.wick.model.Delivery;
import dev.wick.model.HeaderMutations;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.RetryRules;
import dev.wick.model.Rewrite;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.Timeouts;
import dev.wick.model.Timeouts.MaxStreamDuration;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of what a route does. */
final class ActionShapes {

    private ActionShapes() {}

    static Shape<Forward> forward() {
        ShapeBuilder<WeightedCluster> weighted =
                new ShapeBuilder<>("WeightedCluster", "A cluster's share of the requests.");
        Slot<String> cluster =
                weighted.required(
                        "cluster", Texts.NAME, WeightedCluster::cluster, "Name of a Cluster.");
        Slot<Long> weight =
                weighted.required(
                        "weight",
                        Types.whole(0L, 4_294_967_295L),
                        WeightedCluster::weight,
                        "Its share is weight / sum of weights.");
        Slot<HeaderMutations> requestHeaders =
                HeaderShapes.mutations(
                        weighted,
                        "requestHeaders",
                        WeightedCluster::requestHeaders,
                        "Changes to the requests that go there, made before the route's.");
        Slot<HeaderMutations> responseHeaders =
                HeaderShapes.mutations(
                        weighted,
                        "responseHeaders",
                        WeightedCluster::responseHeaders,
                        "Changes to their responses, made before the route's.");
        weighted.rule(Rules::weightedCluster);
        Shape<WeightedCluster> weightedShape =
                weighted.make(
                        v ->
                                new WeightedCluster(
                                        cluster.of(v),
                                        weight.of(v),
                                        requestHeaders.of(v),
                                        responseHeaders.of(v)));

        Choice<List<WeightedCluster>> clusters =
                new Choice<List<WeightedCluster>>()
                        .or(
                                "cluster",
                                Texts.NAME,
                                name -> List.of(new WeightedCluster(name, 1)),
                                ActionShapes::single,
                                "Name of a Cluster.")
                        .or(
                                "weightedClusters",
                                Types.list(weightedShape, 1),
                                list -> list,
                                list -> single(list) == null ? list : null,
                                "Clusters among which requests are split.");
        ShapeBuilder<Forward> shape =
                new ShapeBuilder<>("RouteToCluster", "Sends the request to a cluster.");
        Slot<List<WeightedCluster>> to = shape.oneOf(clusters, Forward::clusters);
        Slot<@Nullable String> prefixRewrite =
                shape.nullable(
                        "prefixRewrite",
                        Texts.PATH,
                        forward -> forward.rewrite().prefix(),
                        "Replaces the part of the path that the match's path matched.");
        Slot<Duration> timeout =
                shape.optional(
                        "timeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        forward -> forward.timeouts().route(),
                        Timeouts.DEFAULT.route(),
                        "From the end of the request to the end of the response; 0s: none.");
        Slot<List<Upgrade>> upgrades = UpgradeShapes.upgrades(shape, Forward::upgrades);
        Slot<@Nullable Duration> idleTimeout =
                shape.nullable(
                        "idleTimeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        forward -> forward.timeouts().idle(),
                        "How long nothing may move either way; by default 5m; 0s: for ever.");
        Slot<@Nullable MaxStreamDuration> maxStreamDuration =
                shape.nullable(
                        "maxStreamDuration",
                        new Later<>(TimeoutShapes::maxStreamDuration),
                        forward -> forward.timeouts().maxStreamDuration(),
                        "How long a request may live. Where it is said, timeout does not hold.");
        Slot<List<MirrorPolicy>> mirrors =
                shape.optional(
                        "requestMirrorPolicies",
                        DeliveryShapes.MIRRORS,
                        forward -> forward.delivery().mirrors(),
                        List.of(),
                        "Where copies of requests go; by default as the virtual host says.");
        RouteBalancingShapes balancing = new RouteBalancingShapes(shape);
        Slot<@Nullable InternalRedirectPolicy> internalRedirects =
                shape.nullable(
                        "internalRedirectPolicy",
                        new Later<>(RedirectPolicyShape::policy),
                        forward -> forward.delivery().internalRedirects(),
                        "Which redirects of a host are followed here; by default none.");
        shape.rule(Rules::forward);
        return shape.make(
                v ->
                        new Forward(
                                to.of(v),
                                new Rewrite(prefixRewrite.of(v)),
                                new Timeouts(
                                        timeout.of(v), idleTimeout.of(v), maxStreamDuration.of(v)),
                                new Delivery(mirrors.of(v), internalRedirects.of(v)),
                                RetryRules.DEFAULT,
                                balancing.of(v),
                                new Upgrades(upgrades.of(v))));
    }

    private static @Nullable String single(List<WeightedCluster> clusters) {
        return clusters.size() == 1
                        && clusters.getFirst().weight() == 1
                        && clusters.getFirst().requestHeaders().isEmpty()
                        && clusters.getFirst().responseHeaders().isEmpty()
                ? clusters.getFirst().cluster()
                : null;
    }

    static Shape<Redirect> redirect() {
        ShapeBuilder<Redirect> shape =
                new ShapeBuilder<>(
                        "Redirect", "Answers with a redirect; what is not said is kept.");
        Slot<@Nullable String> scheme =
                shape.nullable("scheme", Types.text(1, 32), Redirect::scheme, "http or https.");
        Slot<@Nullable String> host =
                shape.nullable(
                        "host", Types.text(1, 253), Redirect::host, "Host name, without a port.");
        Slot<@Nullable Integer> port =
                shape.nullable("port", Types.whole(1, 65_535), Redirect::port, "Port.");
        Slot<@Nullable String> path =
                shape.nullable(
                        "path",
                        Texts.PATH,
                        Redirect::path,
                        "Replaces the path; one with a ? replaces the query too.");
        Slot<@Nullable String> prefixRewrite =
                shape.nullable(
                        "prefixRewrite",
                        Texts.PATH,
                        Redirect::prefixRewrite,
                        "Replaces the part of the path that the match's path matched.");
        Slot<Integer> status =
                shape.optional(
                        "status",
                        Types.oneOf(301, 302, 303, 307, 308),
                        Redirect::status,
                        301,
                        "Status of the answer.");
        Slot<Boolean> stripQuery =
                shape.optional(
                        "stripQuery",
                        Types.truth(),
                        Redirect::stripQuery,
                        false,
                        "Whether the query is left out.");
        shape.atMostOne("path", "prefixRewrite");
        shape.rule(Rules::redirect);
        return shape.make(
                v ->
                        new Redirect(
                                scheme.of(v),
                                host.of(v),
                                port.of(v),
                                path.of(v),
                                prefixRewrite.of(v),
                                status.of(v),
                                stripQuery.of(v)));
    }

    static Shape<DirectResponse> directResponse() {
        ShapeBuilder<DirectResponse> shape =
                new ShapeBuilder<>("DirectResponse", "Answers without a cluster.");
        Slot<Integer> status =
                shape.required(
                        "status", Types.whole(200, 599), DirectResponse::status, "Its status.");
        Slot<String> body =
                shape.optional(
                        "body",
                        Types.text(0, 4_096),
                        DirectResponse::body,
                        "",
                        "At most 4096 bytes of UTF-8.");
        shape.rule(Rules::directResponse);
        return shape.make(v -> new DirectResponse(status.of(v), body.of(v)));
    }
}
