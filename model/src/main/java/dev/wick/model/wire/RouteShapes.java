package dev.wick.model.wire;

import dev.wick.model.HeaderMutations;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RouteMatch;
import dev.wick.model.check.Rules;
import org.jspecify.annotations.Nullable;

/** The shape of a route. */
final class RouteShapes {

    static final Shape<Route> ROUTE = route();

    private RouteShapes() {}

    private static Shape<Route> route() {
        Choice<RouteAction> actions =
                new Choice<RouteAction>()
                        .or(
                                "route",
                                ActionShapes.forward(),
                                a -> a,
                                a -> a instanceof Forward f ? f : null,
                                "Sends the request to a cluster.")
                        .or(
                                "redirect",
                                ActionShapes.redirect(),
                                a -> a,
                                a -> a instanceof Redirect r ? r : null,
                                "Answers with a redirect.")
                        .or(
                                "directResponse",
                                ActionShapes.directResponse(),
                                a -> a,
                                a -> a instanceof DirectResponse d ? d : null,
                                "Answers without a cluster.");
        ShapeBuilder<Route> shape =
                new ShapeBuilder<>("Route", "What happens to the requests that a match selects.");
        Slot<@Nullable String> name =
                shape.nullable(
                        "name", Types.text(1, 253), Route::name, "For logs and explanations.");
        Slot<RouteMatch> match =
                shape.required(
                        "match",
                        MatchShapes.routeMatch(),
                        Route::match,
                        "Which requests it takes.");
        Slot<RouteAction> action = shape.oneOf(actions, Route::action);
        Slot<HeaderMutations> requestHeaders =
                HeaderShapes.mutations(
                        shape,
                        "requestHeaders",
                        Route::requestHeaders,
                        "Changes to requests, made before the virtual host's.");
        Slot<HeaderMutations> responseHeaders =
                HeaderShapes.mutations(
                        shape,
                        "responseHeaders",
                        Route::responseHeaders,
                        "Changes to responses, made before the virtual host's.");
        shape.rule(Rules::route);
        return shape.make(
                v ->
                        new Route(
                                name.of(v),
                                match.of(v),
                                action.of(v),
                                requestHeaders.of(v),
                                responseHeaders.of(v)));
    }
}
