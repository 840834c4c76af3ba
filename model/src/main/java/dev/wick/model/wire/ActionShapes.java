package dev.wick.model.wire;

import dev.wick.model.ClusterChoice;
import dev.wick.model.Delivery;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.RegexRewrite;
import dev.wick.model.RetryRules;
import dev.wick.model.Rewrite;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Timeouts;
import dev.wick.model.Timeouts.MaxStreamDuration;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.check.ActionRules;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of what a route does. */
final class ActionShapes {

    private ActionShapes() {}

    static Shape<Forward> forward() {
        ShapeBuilder<Forward> shape =
                new ShapeBuilder<>("RouteToCluster", "Sends the request to a cluster.");
        Function<@Nullable Object[], ClusterChoice> to = ChoiceShapes.choice(shape);
        Function<@Nullable Object[], Rewrite> rewrite = RewriteShapes.rewrite(shape);
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
                        "How long nothing may move either way; by default 5m; 0s: for ever.",
                        "as the listener's streamIdleTimeout");
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
        Slot<RoutingPriority> priority =
                shape.optional(
                        "priority",
                        Types.oneOf(RoutingPriority.values()),
                        forward -> forward.delivery().priority(),
                        RoutingPriority.DEFAULT,
                        "Which of the cluster's circuit breakers and connections requests use.");
        Function<@Nullable Object[], RetryRules> retries = RetryShapes.rules(shape);
        shape.rule(Rules::forward);
        return shape.make(
                v ->
                        new Forward(
                                to.apply(v),
                                rewrite.apply(v),
                                new Timeouts(
                                        timeout.of(v), idleTimeout.of(v), maxStreamDuration.of(v)),
                                new Delivery(
                                        mirrors.of(v), internalRedirects.of(v), priority.of(v)),
                                retries.apply(v),
                                balancing.of(v),
                                new Upgrades(upgrades.of(v))));
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
        Slot<@Nullable RegexRewrite> regexRewrite =
                shape.nullable(
                        "regexRewrite",
                        RewriteShapes.REGEX_REWRITE,
                        Redirect::regexRewrite,
                        "Replaces parts of the path.");
        Slot<Boolean> https =
                shape.optional(
                        "httpsRedirect",
                        Types.truth(),
                        Redirect::httpsRedirect,
                        false,
                        "Whether the scheme becomes https.");
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
        shape.atMostOne("path", "prefixRewrite", "regexRewrite");
        shape.atMostOne("scheme", "httpsRedirect");
        shape.rule(ActionRules::redirect);
        return shape.make(
                v ->
                        new Redirect(
                                scheme.of(v),
                                host.of(v),
                                port.of(v),
                                path.of(v),
                                prefixRewrite.of(v),
                                regexRewrite.of(v),
                                status.of(v),
                                stripQuery.of(v),
                                https.of(v)));
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
