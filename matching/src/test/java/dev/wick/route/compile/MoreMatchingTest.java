package dev.wick.route.compile;

import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.onHeader;
import static dev.wick.route.compile.Given.onQuery;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.with;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.RequestHead;
import dev.wick.model.CookieMatch;
import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.RouteMatch;
import dev.wick.model.ValueMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole segments, templates, case, ranges, cookies, gRPC. */
class MoreMatchingTest {

    private static boolean takes(RouteMatch match, RequestHead head) {
        return table(route(match)).match(head) != null;
    }

    private static boolean takes(RouteMatch match, String path) {
        return takes(match, get(path));
    }

    @Test
    void aPathSeparatedPrefixTakesWholeSegments() {
        RouteMatch match = on(new PathMatch.PathSeparatedPrefix("/api"));

        assertTrue(takes(match, "/api"));
        assertTrue(takes(match, "/api/x"));
        assertTrue(takes(match, "/api?x"));
        assertFalse(takes(match, "/apix"));
        assertFalse(takes(match, "/ap"));
    }

    @Test
    void whereCaseDoesNotMatterLettersOfAsciiAreTheSame() {
        assertTrue(takes(on(new PathMatch.Exact("/Ab", false)), "/aB?C"));
        assertTrue(takes(on(new PathMatch.Prefix("/Ab", false)), "/aBC"));
        assertTrue(takes(on(new PathMatch.PathSeparatedPrefix("/Ab", false)), "/aB/c"));
        assertFalse(takes(on(new PathMatch.PathSeparatedPrefix("/Ab", false)), "/aBc"));
        assertFalse(takes(on(new PathMatch.Prefix("/k", false)), "/\u212a"));
    }

    @Test
    void aTemplateTakesThePathWithoutItsQuery() {
        RouteMatch match = on(new PathMatch.Template("/shops/{shop}/**"));

        assertTrue(takes(match, "/shops/1/a/b?q=1"));
        assertFalse(takes(match, "/shops/1"));
    }

    @Test
    void testsForTextsMayIgnoreCase() {
        RequestHead head = with(get("/?q=Abc"), "x", "Abc");

        assertTrue(takes(onHeader("x", new ValueMatch.Exact("aBC", true)), head));
        assertTrue(takes(onHeader("x", new ValueMatch.Prefix("aB", true)), head));
        assertTrue(takes(onHeader("x", new ValueMatch.Suffix("BC", true)), head));
        assertTrue(takes(onHeader("x", new ValueMatch.Contains("B", true)), head));
        assertFalse(takes(onHeader("x", new ValueMatch.Contains("Bd", true)), head));
        assertTrue(takes(onQuery("q", new ValueMatch.Exact("ABC", true)), head));
        assertFalse(takes(onQuery("q", new ValueMatch.Exact("ABC")), head));
    }

    @Test
    void aRangeTakesWholeNumbersUpToBeforeItsEnd() {
        RouteMatch match = onHeader("x", new ValueMatch.Range(-2, 10));

        assertTrue(takes(match, with(get("/"), "x", "-2")));
        assertTrue(takes(match, with(get("/"), "x", "9")));
        assertFalse(takes(match, with(get("/"), "x", "10")));
        assertFalse(takes(match, with(get("/"), "x", "9.5")));
        assertFalse(takes(match, with(get("/"), "x", "")));
        assertFalse(takes(match, get("/")));
    }

    @Test
    void aMissingHeaderMayCountAsAnEmptyOne() {
        HeaderMatch empty = new HeaderMatch("x", new ValueMatch.Exact(""), false, true);
        HeaderMatch notOne = new HeaderMatch("x", new ValueMatch.Exact("1"), true, true);

        assertTrue(takes(onHeaders(empty), get("/")));
        assertTrue(takes(onHeaders(notOne), get("/")));
        assertFalse(takes(onHeaders(notOne), with(get("/"), "x", "1")));
    }

    private static RouteMatch onHeaders(HeaderMatch match) {
        return new RouteMatch(prefix("/"), List.of(), List.of(match), List.of());
    }

    private static RouteMatch onCookie(String name, ValueMatch value, boolean invert) {
        return new RouteMatch(
                prefix("/"),
                List.of(),
                List.of(),
                List.of(),
                List.of(new CookieMatch(name, value, invert)),
                false);
    }

    @Test
    void cookiesAreFoundInAnyField() {
        RequestHead head = with(with(get("/"), "cookie", "a=1; bb=\"2\""), "cookie", "c=; a=3");

        assertTrue(takes(onCookie("a", new ValueMatch.Exact("1"), false), head));
        assertTrue(takes(onCookie("bb", new ValueMatch.Exact("2"), false), head));
        assertTrue(takes(onCookie("c", new ValueMatch.Exact(""), false), head));
        assertTrue(takes(onCookie("a", new ValueMatch.Exact("3"), true), head));
        assertTrue(takes(onCookie("b", new ValueMatch.Present(false), false), head));
        assertTrue(takes(onCookie("b", new ValueMatch.Exact("2"), true), head));
        assertFalse(takes(onCookie("b", new ValueMatch.Exact("2"), false), head));
    }

    @Test
    void grpcIsToldByItsContentType() {
        RouteMatch match =
                new RouteMatch(prefix("/"), List.of(), List.of(), List.of(), List.of(), true);

        assertTrue(takes(match, with(get("/"), "content-type", "application/grpc")));
        assertTrue(takes(match, with(get("/"), "content-type", "application/grpc+json")));
        assertFalse(takes(match, with(get("/"), "content-type", "application/grpc-web")));
        assertFalse(takes(match, get("/")));
    }
}
