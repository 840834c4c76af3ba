package dev.wick.route.compile;

import static dev.wick.route.compile.Given.add;
import static dev.wick.route.compile.Given.host;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.onHeader;
import static dev.wick.route.compile.Given.onQuery;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.regex;
import static dev.wick.route.compile.Given.remove;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.set;
import static dev.wick.route.compile.Given.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wick.model.HeaderMutations;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.ValueMatch;
import dev.wick.model.VirtualHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What does not compile, and how that is said. */
class RouteCompilerTest {

    private static List<String> problems(VirtualHost host) {
        Compiled compiled = RouteCompiler.compile(host);
        assertNull(compiled.table());
        return compiled.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void allProblemsOfAHostAreReportedAtOnce() {
        VirtualHost host =
                host(
                        route(on(regex("("))),
                        route(onHeader("a", new ValueMatch.Regex("["))),
                        route(onQuery("a", new ValueMatch.Regex("\\1"))));

        assertEquals(
                List.of(
                        "VirtualHost/h routes[0].match.path.regex: \"(\" (expected: RE2 syntax:"
                                + " missing closing ))",
                        "VirtualHost/h routes[1].match.headers[0].regex: \"[\" (expected: RE2 syntax:"
                                + " missing closing ])",
                        "VirtualHost/h routes[2].match.query[0].regex: \"\\\\1\" (expected: RE2 syntax:"
                                + " invalid escape sequence)"),
                problems(host));
    }

    private static final String LONE =
            "%% for a percent sign, or an operator between two, as %PROTOCOL% or %REQ(x-a?x-b):20%)";

    @Test
    void aPercentSignAloneIsRefused() {
        Route route =
                new Route(null, on(prefix("/")), to("a"), set("a", "1%"), HeaderMutations.NONE);

        assertEquals(
                List.of(
                        "VirtualHost/h responseHeaders.add[0].value: \"%x%\" (expected: " + LONE,
                        "VirtualHost/h routes[0].requestHeaders.set[0].value: \"1%\" (expected: "
                                + LONE),
                problems(host(HeaderMutations.NONE, add("b", "%x%"), route)));
    }

    @Test
    void hostAndPseudoHeadersCannotBeChanged() {
        assertEquals(
                List.of(
                        "VirtualHost/h requestHeaders.remove[0]: \"Host\" (expected: neither host nor"
                                + " a name that starts with :)",
                        "VirtualHost/h responseHeaders.add[0].name: \":status\" (expected: neither"
                                + " host nor a name that starts with :)"),
                problems(host(remove("Host"), add(":status", "200"))));
    }

    @Test
    void weightsThatSumToNothingAreRefused() {
        RouteAction action = to(List.of(new WeightedCluster("a", 0)), null);

        assertEquals(
                List.of(
                        "VirtualHost/h routes[0].route.weightedClusters: 0 (expected: sum of"
                                + " weights >= 1)"),
                problems(host(route(on(prefix("/")), action))));
    }

    @Test
    void aRedirectWithTwoPathsIsRefused() {
        RouteAction action = new RouteAction.Redirect(null, null, null, "/a", "/b", 301, false);

        assertEquals(
                List.of(
                        "VirtualHost/h routes[0].redirect: path and prefixRewrite (expected: only"
                                + " one of path, prefixRewrite)"),
                problems(host(route(on(prefix("/")), action))));
    }

    @Test
    void everyVariantOfTheModelCompiles() {
        List<PathMatch> paths =
                List.of(
                        prefix("/"),
                        new PathMatch.Exact("/"),
                        new PathMatch.PathSeparatedPrefix("/a"),
                        new PathMatch.Template("/*"),
                        new PathMatch.Regex("/"),
                        new PathMatch.Connect());
        List<ValueMatch> values =
                List.of(
                        new ValueMatch.Present(true),
                        new ValueMatch.Exact("a"),
                        new ValueMatch.Prefix("a"),
                        new ValueMatch.Suffix("a"),
                        new ValueMatch.Contains("a"),
                        new ValueMatch.Regex("a"),
                        new ValueMatch.Range(0, 1));
        List<RouteAction> actions =
                List.of(
                        Given.forward(List.of(new WeightedCluster("a", 1)), null, Duration.ZERO),
                        new RouteAction.Redirect(null, null, null, null, null, 301, false),
                        new RouteAction.DirectResponse(200, ""));
        List<Route> routes = new ArrayList<>();
        paths.forEach(path -> routes.add(route(on(path))));
        values.forEach(value -> routes.add(route(onHeader("a", value))));
        actions.forEach(action -> routes.add(route(on(prefix("/")), action)));

        assertEquals(permitted(PathMatch.class), classes(paths));
        assertEquals(permitted(ValueMatch.class), classes(values));
        assertEquals(permitted(RouteAction.class), classes(actions));
        assertNotNull(RouteCompiler.compile(host(routes.toArray(new Route[0]))).table());
    }

    /** A variant that is new in the model fails here until the compiler knows it. */
    private static Set<Class<?>> permitted(Class<?> sealed) {
        return new HashSet<>(List.of(sealed.getPermittedSubclasses()));
    }

    private static Set<Class<?>> classes(List<?> variants) {
        Set<Class<?>> classes = new HashSet<>();
        variants.forEach(variant -> classes.add(variant.getClass()));
        return classes;
    }
}
