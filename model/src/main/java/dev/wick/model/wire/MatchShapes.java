package dev.wick.model.wire;

import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RouteMatch;
import dev.wick.model.ValueMatch;
import dev.wick.model.check.Rules;
import java.util.List;

/** The shapes of the conditions of a route. */
final class MatchShapes {

    private static final Type<String> MATCHED_NAME =
            Types.text(
                    1,
                    256,
                    "^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    private MatchShapes() {}

    static Shape<RouteMatch> routeMatch() {
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

    private static Shape<PathMatch> pathMatch() {
        Choice<PathMatch> paths =
                new Choice<PathMatch>()
                        .or(
                                "prefix",
                                Texts.PATH,
                                PathMatch.Prefix::new,
                                p -> p instanceof PathMatch.Prefix x ? x.prefix() : null,
                                "How the path begins: /api takes /apix too.")
                        .or(
                                "exact",
                                Texts.PATH,
                                PathMatch.Exact::new,
                                p -> p instanceof PathMatch.Exact x ? x.path() : null,
                                "The whole path.")
                        .or(
                                "regex",
                                Texts.REGEX,
                                PathMatch.Regex::new,
                                p -> p instanceof PathMatch.Regex x ? x.regex() : null,
                                "RE2 syntax; must match the whole path.");
        ShapeBuilder<PathMatch> shape =
                new ShapeBuilder<>("PathMatch", "A condition on the path without its query.");
        Slot<PathMatch> path = shape.oneOf(paths, p -> p);
        shape.rule(Rules::pathMatch);
        return shape.make(path::of);
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
                        Texts.ANY,
                        ValueMatch.Exact::new,
                        v -> v instanceof ValueMatch.Exact e ? e.value() : null,
                        "The whole value.")
                .or(
                        "prefix",
                        Texts.ANY,
                        ValueMatch.Prefix::new,
                        v -> v instanceof ValueMatch.Prefix p ? p.prefix() : null,
                        "How the value begins.")
                .or(
                        "suffix",
                        Texts.ANY,
                        ValueMatch.Suffix::new,
                        v -> v instanceof ValueMatch.Suffix s ? s.suffix() : null,
                        "How the value ends.")
                .or(
                        "contains",
                        Texts.ANY,
                        ValueMatch.Contains::new,
                        v -> v instanceof ValueMatch.Contains c ? c.part() : null,
                        "What the value contains.")
                .or(
                        "regex",
                        Texts.REGEX,
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
}
