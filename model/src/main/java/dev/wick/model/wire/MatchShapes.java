package dev.wick.model.wire;

import dev.wick.model.CookieMatch;
import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RouteMatch;
import dev.wick.model.RuntimeFraction;
import dev.wick.model.ValueMatch;
import dev.wick.model.check.MatchRules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of the conditions of a route. */
final class MatchShapes {

    private static final Type<String> MATCHED_NAME =
            Types.text(
                    1,
                    256,
                    "^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    /** What every reader of JSON tells apart, and a number of 18 digits holds. */
    private static final long LARGEST = 999_999_999_999_999L;

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
                        "Any of these; by default every method.",
                        "any");
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
        Slot<List<CookieMatch>> cookies =
                shape.optional(
                        "cookies",
                        Types.list(cookieMatch(), 0),
                        RouteMatch::cookies,
                        List.of(),
                        "Conditions on cookies; all must hold.");
        Slot<Boolean> grpc =
                shape.optional(
                        "grpc",
                        Types.truth(),
                        RouteMatch::grpc,
                        false,
                        "Whether only gRPC requests match.");
        Slot<@Nullable RuntimeFraction> fraction =
                shape.nullable(
                        "runtimeFraction",
                        new Later<>(RuntimeShapes::fraction),
                        RouteMatch::runtimeFraction,
                        "The share of requests that match.");
        shape.rule(MatchRules::routeMatch);
        return shape.make(
                v ->
                        new RouteMatch(
                                path.of(v),
                                methods.of(v),
                                headers.of(v),
                                query.of(v),
                                cookies.of(v),
                                grpc.of(v),
                                fraction.of(v)));
    }

    private static Shape<PathMatch.Connect> connect() {
        return new ShapeBuilder<PathMatch.Connect>("ConnectMatcher", "CONNECT.")
                .make(v -> new PathMatch.Connect());
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
                                "pathSeparatedPrefix",
                                Texts.PATH,
                                PathMatch.PathSeparatedPrefix::new,
                                p ->
                                        p instanceof PathMatch.PathSeparatedPrefix x
                                                ? x.prefix()
                                                : null,
                                "How the path begins, in whole segments: /api takes /api/x, not /apix.")
                        .or(
                                "regex",
                                Texts.REGEX,
                                PathMatch.Regex::new,
                                p -> p instanceof PathMatch.Regex x ? x.regex() : null,
                                "RE2 syntax; must match the whole path.")
                        .or(
                                "template",
                                Texts.PATH,
                                PathMatch.Template::new,
                                p -> p instanceof PathMatch.Template x ? x.template() : null,
                                "Envoy's URI template, as /shops/{shop}/*.")
                        .or(
                                "connectMatcher",
                                new Later<>(MatchShapes::connect),
                                p -> p,
                                p -> p instanceof PathMatch.Connect x ? x : null,
                                "CONNECT, which has no path and meets no other condition on it.");
        ShapeBuilder<PathMatch> shape =
                new ShapeBuilder<>("PathMatch", "A condition on the path without its query.");
        Slot<PathMatch> path = shape.oneOf(paths, p -> p);
        Slot<Boolean> caseSensitive =
                shape.optional(
                        "caseSensitive",
                        Types.truth(),
                        PathMatch::caseSensitive,
                        true,
                        "Whether upper and lower case are told apart.");
        shape.atMostOne("regex", "template", "connectMatcher", "caseSensitive");
        shape.rule(MatchRules::pathMatch);
        return shape.make(v -> path.of(v).minding(caseSensitive.of(v)));
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

    private static <R> Slot<Boolean> ignoreCase(
            ShapeBuilder<R> shape, Function<R, ValueMatch> value, String... others) {
        shape.atMostOne(others);
        return shape.optional(
                "ignoreCase",
                Types.truth(),
                record -> value.apply(record).ignoreCase(),
                false,
                "Whether upper and lower case are the same, in a test for a text.");
    }

    private static Shape<ValueMatch.Range> range() {
        ShapeBuilder<ValueMatch.Range> shape =
                new ShapeBuilder<>("Range", "Whole numbers from start to before end.");
        Type<Long> number = Types.whole(-LARGEST, LARGEST);
        Slot<Long> start =
                shape.required("start", number, ValueMatch.Range::start, "The first number.");
        Slot<Long> end =
                shape.required("end", number, ValueMatch.Range::end, "The number after the last.");
        return shape.make(v -> new ValueMatch.Range(start.of(v), end.of(v)));
    }

    static Shape<HeaderMatch> headerMatch() {
        ShapeBuilder<HeaderMatch> shape =
                new ShapeBuilder<>("HeaderMatch", "A condition on a header.");
        Slot<String> name =
                shape.required("name", MATCHED_NAME, HeaderMatch::name, "Case does not matter.");
        Choice<ValueMatch> values =
                values().or(
                                "range",
                                range(),
                                r -> r,
                                v -> v instanceof ValueMatch.Range r ? r : null,
                                "A whole number within a range.");
        Slot<ValueMatch> value = shape.oneOf(values, HeaderMatch::value);
        Slot<Boolean> ignoreCase =
                ignoreCase(shape, HeaderMatch::value, "present", "regex", "range", "ignoreCase");
        Slot<Boolean> invert = invert(shape, HeaderMatch::invert);
        Slot<Boolean> asEmpty =
                shape.optional(
                        "treatMissingHeaderAsEmpty",
                        Types.truth(),
                        HeaderMatch::treatMissingHeaderAsEmpty,
                        false,
                        "Whether a missing header counts as an empty one.");
        shape.rule(MatchRules::headerMatch);
        return shape.make(
                v ->
                        new HeaderMatch(
                                name.of(v),
                                value.of(v).ignoring(ignoreCase.of(v)),
                                invert.of(v),
                                asEmpty.of(v)));
    }

    private static <R> Slot<Boolean> invert(
            ShapeBuilder<R> shape, Function<R, @Nullable Boolean> value) {
        return shape.optional(
                "invert", Types.truth(), value, false, "Whether the condition must not hold.");
    }

    private static Shape<QueryMatch> queryMatch() {
        ShapeBuilder<QueryMatch> shape =
                new ShapeBuilder<>("QueryMatch", "A condition on a query parameter.");
        Slot<String> name =
                shape.required("name", Types.text(1, 1_024), QueryMatch::name, "Case matters.");
        Slot<ValueMatch> value = shape.oneOf(values(), QueryMatch::value);
        Slot<Boolean> ignoreCase =
                ignoreCase(shape, QueryMatch::value, "present", "regex", "ignoreCase");
        shape.rule(MatchRules::queryMatch);
        return shape.make(v -> new QueryMatch(name.of(v), value.of(v).ignoring(ignoreCase.of(v))));
    }

    private static Shape<CookieMatch> cookieMatch() {
        ShapeBuilder<CookieMatch> shape =
                new ShapeBuilder<>("CookieMatch", "A condition on a cookie.");
        Slot<String> name =
                shape.required("name", Types.text(1, 256), CookieMatch::name, "Case matters.");
        Slot<ValueMatch> value = shape.oneOf(values(), CookieMatch::value);
        Slot<Boolean> ignoreCase =
                ignoreCase(shape, CookieMatch::value, "present", "regex", "ignoreCase");
        Slot<Boolean> invert = invert(shape, CookieMatch::invert);
        shape.rule(MatchRules::cookieMatch);
        return shape.make(
                v ->
                        new CookieMatch(
                                name.of(v), value.of(v).ignoring(ignoreCase.of(v)), invert.of(v)));
    }
}
