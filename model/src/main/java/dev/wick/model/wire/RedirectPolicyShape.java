package dev.wick.model.wire;

import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.InternalRedirectPolicy.Predicates;
import dev.wick.model.check.RedirectPolicyRules;
import java.util.List;

/** The shape of which redirects are followed here. */
final class RedirectPolicyShape {

    private RedirectPolicyShape() {}

    static Shape<InternalRedirectPolicy> policy() {
        ShapeBuilder<InternalRedirectPolicy> shape =
                new ShapeBuilder<>(
                        "InternalRedirectPolicy", "Which redirects of a host are followed here.");
        Slot<Integer> most =
                shape.optional(
                        "maxInternalRedirects",
                        Types.whole(0, 100),
                        InternalRedirectPolicy::maxInternalRedirects,
                        1,
                        "How many in a row.");
        Slot<List<Integer>> codes =
                shape.optional(
                        "redirectResponseCodes",
                        Types.list(Types.oneOf(301, 302, 303, 307, 308), 1),
                        InternalRedirectPolicy::redirectResponseCodes,
                        List.of(302),
                        "Their statuses.");
        Slot<Boolean> crossScheme =
                shape.optional(
                        "allowCrossSchemeRedirect",
                        Types.truth(),
                        InternalRedirectPolicy::allowCrossSchemeRedirect,
                        false,
                        "Whether the scheme may change.");
        Slot<Predicates> predicates =
                shape.optional(
                        "predicates",
                        predicates(),
                        InternalRedirectPolicy::predicates,
                        Predicates.NONE,
                        "What must hold of the route that a redirect leads to.");
        Slot<List<String>> copied =
                shape.optional(
                        "responseHeadersToCopy",
                        Types.list(HeaderShapes.NAME, 0),
                        InternalRedirectPolicy::responseHeadersToCopy,
                        List.of(),
                        "Names of headers that go from the redirect into the next request.");
        shape.rule(RedirectPolicyRules::policy);
        return shape.make(
                v ->
                        new InternalRedirectPolicy(
                                most.of(v),
                                codes.of(v),
                                crossScheme.of(v),
                                predicates.of(v),
                                copied.of(v)));
    }

    private static Shape<Predicates> predicates() {
        ShapeBuilder<Predicates> shape =
                new ShapeBuilder<>("RedirectPredicates", "Of the route that a redirect leads to.");
        Slot<Boolean> previous =
                shape.optional(
                        "previousRoutes",
                        Types.truth(),
                        Predicates::previousRoutes,
                        false,
                        "Whether no route may be met twice.");
        Slot<List<String>> allowed =
                shape.optional(
                        "allowListedRoutes",
                        Types.list(Types.text(1, 253), 0),
                        Predicates::allowListedRoutes,
                        List.of(),
                        "Names of routes that may be met; by default any.");
        Slot<Boolean> safe =
                shape.optional(
                        "safeCrossScheme",
                        Types.truth(),
                        Predicates::safeCrossScheme,
                        false,
                        "Whether a request by http may not become one by https.");
        shape.emptyWhen(Predicates.NONE::equals);
        return shape.make(v -> new Predicates(previous.of(v), allowed.of(v), safe.of(v)));
    }
}
