package dev.wick.model.wire;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RouteMatch;
import dev.wick.model.check.Rules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of a route and of changes to headers. */
final class RouteShapes {

    private static final Type<String> HEADER_NAME =
            Types.text(
                    1,
                    256,
                    "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    static final Shape<HeaderMutations> HEADER_MUTATIONS = headerMutations();
    static final Shape<Route> ROUTE = route();

    private RouteShapes() {}

    static <R> Slot<HeaderMutations> mutations(
            ShapeBuilder<R> shape,
            String field,
            Function<R, @Nullable HeaderMutations> value,
            String says) {
        return shape.optional(field, HEADER_MUTATIONS, value, HeaderMutations.NONE, says);
    }

    private static Shape<HeaderMutations> headerMutations() {
        ShapeBuilder<HeaderValue> header = new ShapeBuilder<>("HeaderValue", "A header.");
        Slot<String> name =
                header.required("name", HEADER_NAME, HeaderValue::name, "Case does not matter.");
        Slot<String> value =
                header.required(
                        "value", Texts.ANY, HeaderValue::value, "Literal text; % is written %%.");
        header.rule(Rules::headerValue);
        Shape<HeaderValue> headerShape = header.make(v -> new HeaderValue(name.of(v), value.of(v)));

        ShapeBuilder<HeaderMutations> shape =
                new ShapeBuilder<>(
                        "HeaderMutations", "Changes to headers: remove, then set, then add.");
        Slot<List<HeaderValue>> add =
                shape.optional(
                        "add",
                        Types.list(headerShape, 0),
                        HeaderMutations::add,
                        List.of(),
                        "Appended to what is there.");
        Slot<List<HeaderValue>> set =
                shape.optional(
                        "set",
                        Types.list(headerShape, 0),
                        HeaderMutations::set,
                        List.of(),
                        "Replaces what is there.");
        Slot<List<String>> remove =
                shape.optional(
                        "remove",
                        Types.list(HEADER_NAME, 0),
                        HeaderMutations::remove,
                        List.of(),
                        "Names of headers to remove.");
        shape.emptyWhen(m -> m.add().isEmpty() && m.set().isEmpty() && m.remove().isEmpty());
        shape.rule(Rules::headerMutations);
        return shape.make(v -> new HeaderMutations(add.of(v), set.of(v), remove.of(v)));
    }

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
                mutations(
                        shape,
                        "requestHeaders",
                        Route::requestHeaders,
                        "Changes to requests, made before the virtual host's.");
        Slot<HeaderMutations> responseHeaders =
                mutations(
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
