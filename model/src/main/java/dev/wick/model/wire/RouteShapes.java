package dev.wick.model.wire;

import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RouteMatch;
import dev.wick.model.ValueMatch;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of what stands within a virtual host. */
final class RouteShapes {

    private static final Type<String> TEXT = Types.text(0, 16_384);
    private static final Type<String> REGEX = Types.text(1, 4_096);
    private static final Type<String> PATH =
            Types.text(1, 4_096, "^/", "a path that begins with /");
    private static final Type<String> HEADER_NAME =
            Types.text(
                    1,
                    256,
                    "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    /**
     * What a match may name: {@code :authority}, {@code :method}, {@code :path} and {@code :scheme}
     * too.
     */
    private static final Type<String> MATCHED_NAME =
            Types.text(
                    1,
                    256,
                    "^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    static final Shape<HeaderMutations> HEADER_MUTATIONS = headerMutations();
    static final Shape<Route> ROUTE = route();

    private RouteShapes() {}

    static <R> Slot<HeaderMutations> mutations(
            ShapeBuilder<R> shape, String field, Function<R, HeaderMutations> value, String says) {
        return shape.optional(field, HEADER_MUTATIONS, value, HeaderMutations.NONE, says);
    }

    private static Shape<HeaderMutations> headerMutations() {
        ShapeBuilder<HeaderValue> header = new ShapeBuilder<>("HeaderValue", "A header.");
        Slot<String> name =
                header.required("name", HEADER_NAME, HeaderValue::name, "Case does not matter.");
        Slot<String> value =
                header.required(
                        "value", TEXT, HeaderValue::value, "Literal text; % is written %%.");
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

    private static Choice<ValueMatch> values() {
        return new Choice<ValueMatch>()
                .or(
                        "present",
                        Types.truth(),
                        ValueMatch.Present::new,
                        v -> v instanceof ValueMatch.Present p ? (Boolean) p.present() : null,
                        "Whether it is there at all.")
                .or(
                        "exact",
                        TEXT,
                        ValueMatch.Exact::new,
                        v -> v instanceof ValueMatch.Exact e ? e.value() : null,
                        "The whole value.")
                .or(
                        "prefix",
                        TEXT,
                        ValueMatch.Prefix::new,
                        v -> v instanceof ValueMatch.Prefix p ? p.prefix() : null,
                        "How the value begins.")
                .or(
                        "suffix",
                        TEXT,
                        ValueMatch.Suffix::new,
                        v -> v instanceof ValueMatch.Suffix s ? s.suffix() : null,
                        "How the value ends.")
                .or(
                        "contains",
                        TEXT,
                        ValueMatch.Contains::new,
                        v -> v instanceof ValueMatch.Contains c ? c.part() : null,
                        "What the value contains.")
                .or(
                        "regex",
                        REGEX,
                        ValueMatch.Regex::new,
                        v -> v instanceof ValueMatch.Regex r ? r.regex() : null,
                        "RE2 syntax; must match the whole value.");
    }

    private static Shape<HeaderMatch> headerMatch() {
        ShapeBuilder<HeaderMatch> shape =
                new ShapeBuilder<>("HeaderMatch", "A condition on a header.");
        Slot<String> name =
                shape.required("name", MATCHED_NAME, HeaderMatch::name, "Case does not matter.");
        Slot<ValueMatch> value = shape.oneOf(values(), HeaderMatch::value);
        Slot<Boolean> invert =
                shape.optional(
                        "invert",
                        Types.truth(),
                        HeaderMatch::invert,
                        false,
                        "Whether the condition must not hold.");
        shape.rule(Rules::headerMatch);
        return shape.make(v -> new HeaderMatch(name.of(v), value.of(v), invert.of(v)));
    }

    private static Shape<QueryMatch> queryMatch() {
        ShapeBuilder<QueryMatch> shape =
                new ShapeBuilder<>("QueryMatch", "A condition on a query parameter.");
        Slot<String> name =
                shape.required("name", Types.text(1, 1_024), QueryMatch::name, "Case matters.");
        Slot<ValueMatch> value = shape.oneOf(values(), QueryMatch::value);
        shape.rule(Rules::queryMatch);
        return shape.make(v -> new QueryMatch(name.of(v), value.of(v)));
    }

    private static Shape<PathMatch> pathMatch() {
        Choice<PathMatch> paths =
                new Choice<PathMatch>()
                        .or(
                                "prefix",
                                PATH,
                                PathMatch.Prefix::new,
                                p -> p instanceof PathMatch.Prefix x ? x.prefix() : null,
                                "How the path begins: /api takes /apix too.")
                        .or(
                                "exact",
                                PATH,
                                PathMatch.Exact::new,
                                p -> p instanceof PathMatch.Exact x ? x.path() : null,
                                "The whole path.")
                        .or(
                                "regex",
                                REGEX,
                                PathMatch.Regex::new,
                                p -> p instanceof PathMatch.Regex x ? x.regex() : null,
                                "RE2 syntax; must match the whole path.");
        ShapeBuilder<PathMatch> shape =
                new ShapeBuilder<>("PathMatch", "A condition on the path without its query.");
        Slot<PathMatch> path = shape.oneOf(paths, p -> p);
        shape.rule(Rules::pathMatch);
        return shape.make(path::of);
    }

    private static Shape<RouteMatch> routeMatch() {
        ShapeBuilder<RouteMatch> shape =
                new ShapeBuilder<>(
                        "RouteMatch", "Which requests a route takes: all conditions must hold.");
        Slot<PathMatch> path =
                shape.required(
                        "path", pathMatch(), RouteMatch::path, "The path without its query.");
        Slot<List<String>> methods =
                shape.optional(
                        "methods",
                        Types.list(
                                Types.text(
                                        1,
                                        32,
                                        "^[!#$%&'*+.^_`|~0-9A-Z-]+$",
                                        "a method in upper case, as GET"),
                                0),
                        RouteMatch::methods,
                        List.of(),
                        "Any of these; by default every method.");
        Slot<List<HeaderMatch>> headers =
                shape.optional(
                        "headers",
                        Types.list(headerMatch(), 0),
                        RouteMatch::headers,
                        List.of(),
                        "Conditions on headers; all must hold.");
        Slot<List<QueryMatch>> query =
                shape.optional(
                        "query",
                        Types.list(queryMatch(), 0),
                        RouteMatch::query,
                        List.of(),
                        "Conditions on query parameters; all must hold.");
        shape.rule(Rules::routeMatch);
        return shape.make(
                v -> new RouteMatch(path.of(v), methods.of(v), headers.of(v), query.of(v)));
    }

    private static Shape<Forward> forward() {
        ShapeBuilder<WeightedCluster> weighted =
                new ShapeBuilder<>("WeightedCluster", "A cluster's share of the requests.");
        Slot<String> cluster =
                weighted.required(
                        "cluster", Shapes.NAME, WeightedCluster::cluster, "Name of a Cluster.");
        Slot<Long> weight =
                weighted.required(
                        "weight",
                        Types.whole(0L, 4_294_967_295L),
                        WeightedCluster::weight,
                        "Its share is weight / sum of weights.");
        weighted.rule(Rules::weightedCluster);
        Shape<WeightedCluster> weightedShape =
                weighted.make(v -> new WeightedCluster(cluster.of(v), weight.of(v)));

        Choice<List<WeightedCluster>> clusters =
                new Choice<List<WeightedCluster>>()
                        .or(
                                "cluster",
                                Shapes.NAME,
                                name -> List.of(new WeightedCluster(name, 1)),
                                RouteShapes::single,
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
                        PATH,
                        Forward::prefixRewrite,
                        "Replaces the part of the path that the match's path matched.");
        Slot<Duration> timeout =
                shape.optional(
                        "timeout",
                        Types.duration(Duration.ZERO, Shapes.LONGEST),
                        Forward::timeout,
                        Forward.DEFAULT_TIMEOUT,
                        "From the end of the request to the end of the response; 0s: none.");
        shape.rule(Rules::forward);
        return shape.make(v -> new Forward(to.of(v), prefixRewrite.of(v), timeout.of(v)));
    }

    private static @Nullable String single(List<WeightedCluster> clusters) {
        return clusters.size() == 1 && clusters.getFirst().weight() == 1
                ? clusters.getFirst().cluster()
                : null;
    }

    private static Shape<Redirect> redirect() {
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
                        PATH,
                        Redirect::path,
                        "Replaces the path; one with a ? replaces the query too.");
        Slot<@Nullable String> prefixRewrite =
                shape.nullable(
                        "prefixRewrite",
                        PATH,
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

    private static Shape<DirectResponse> directResponse() {
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

    private static Shape<Route> route() {
        Choice<RouteAction> actions =
                new Choice<RouteAction>()
                        .or(
                                "route",
                                forward(),
                                a -> a,
                                a -> a instanceof Forward f ? f : null,
                                "Sends the request to a cluster.")
                        .or(
                                "redirect",
                                redirect(),
                                a -> a,
                                a -> a instanceof Redirect r ? r : null,
                                "Answers with a redirect.")
                        .or(
                                "directResponse",
                                directResponse(),
                                a -> a,
                                a -> a instanceof DirectResponse d ? d : null,
                                "Answers without a cluster.");
        ShapeBuilder<Route> shape =
                new ShapeBuilder<>("Route", "What happens to the requests that a match selects.");
        Slot<@Nullable String> name =
                shape.nullable(
                        "name", Types.text(1, 253), Route::name, "For logs and explanations.");
        Slot<RouteMatch> match =
                shape.required("match", routeMatch(), Route::match, "Which requests it takes.");
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
