package dev.wick.route.compile;

import static dev.wick.route.compile.Given.exact;
import static dev.wick.route.compile.Given.forward;
import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.onHeader;
import static dev.wick.route.compile.Given.onMethods;
import static dev.wick.route.compile.Given.onQuery;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.regex;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.to;
import static dev.wick.route.compile.Given.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.RequestHead;
import dev.wick.model.Balancing;
import dev.wick.model.HeaderMutations;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.ValueMatch;
import dev.wick.route.RouteTable;
import dev.wick.route.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an explanation says. */
class ExplainTest {

    private static List<String> explained(RouteTable table, RequestHead head) {
        return table.explain(head).stream().map(Step::toString).toList();
    }

    @Test
    void eachRouteUpToTheOneThatMatchesSaysWhatFailedFirst() {
        HeaderMutations none = HeaderMutations.NONE;
        RouteTable table =
                table(
                        route(on(exact("/b"))),
                        route(on(prefix("/b"))),
                        route(on(regex("/b+"))),
                        route(onMethods("PUT", "POST")),
                        route(onHeader("x-a", new ValueMatch.Prefix("2"))),
                        route(onHeader("x-a", new ValueMatch.Exact("1"), true)),
                        route(onHeader("x-b", new ValueMatch.Exact("1"), true)),
                        route(onHeader("x-a", new ValueMatch.Present(false))),
                        route(onQuery("q", new ValueMatch.Regex("[a-z]"))),
                        new Route("images", on(prefix("/a")), to("a"), none, none),
                        route(on(prefix("/"))));

        assertEquals(
                List.of(
                        "route 0: path: \"/a\" (expected: exact \"/b\")",
                        "route 1: path: \"/a\" (expected: prefix \"/b\")",
                        "route 2: path: \"/a\" (expected: regex \"/b+\")",
                        "route 3: method: \"GET\" (expected: PUT or POST)",
                        "route 4: header x-a: \"1\" (expected: prefix \"2\")",
                        "route 5: header x-a: \"1\" (expected: present, but not exact \"1\")",
                        "route 6: header x-b: (none) (expected: present, but not exact \"1\")",
                        "route 7: header x-a: \"1\" (expected: absent)",
                        "route 8: query parameter q: \"1\" (expected: regex \"[a-z]\")",
                        "route 9 (images): matched"),
                explained(table, with(get("/a?q=1"), "x-a", "1")));
    }

    @Test
    void whereNothingMatchesEveryRouteSaysWhy() {
        assertEquals(
                List.of("route 0: path: \"/a\" (expected: exact \"/b\")"),
                explained(table(route(on(exact("/b")))), get("/a")));
    }

    @Test
    void decisionsSayWhatTheyDo() {
        RouteAction split =
                to(List.of(new WeightedCluster("a", 1), new WeightedCluster("b", 9)), null);
        RouteAction redirect = new RouteAction.Redirect("https", null, null, null, null, 301, true);

        RouteAction urgent =
                forward(
                        List.of(new WeightedCluster("a", 1)),
                        Balancing.DEFAULT,
                        RoutingPriority.HIGH);
        WeightedCluster own =
                new WeightedCluster(
                        "b", null, 9, HeaderMutations.NONE, HeaderMutations.NONE, Map.of("v", "1"));
        RouteAction grouped =
                forward(
                        List.of(new WeightedCluster("a", 1), own),
                        new Balancing(List.of(), Map.of("stage", "2"), null),
                        RoutingPriority.DEFAULT);

        assertEquals("forward to cluster a", described(to("a")));
        assertEquals("forward to one of the clusters a (weight 1), b (weight 9)", described(split));
        assertEquals(
                "forward to cluster a, CONNECT and POST by plain TCP",
                described(ending(new Upgrade.ConnectConfig(null, true))));
        assertEquals(
                "forward to cluster a, CONNECT by plain TCP",
                described(ending(Upgrade.ConnectConfig.DEFAULT)));
        assertEquals("forward to cluster a, with priority HIGH", described(urgent));
        assertEquals(
                "forward to one of the clusters a (weight 1), b (weight 9, of the hosts with"
                        + " {v=1}), of the hosts with {stage=2}",
                described(grouped));
        assertEquals("redirect 301", described(redirect));
        assertEquals("direct response 404", described(new RouteAction.DirectResponse(404, "")));
    }

    private static RouteAction ending(Upgrade.ConnectConfig connect) {
        RouteAction.Forward plain = (RouteAction.Forward) to("a");
        return new RouteAction.Forward(
                plain.choice(),
                plain.rewrite(),
                plain.timeouts(),
                plain.delivery(),
                plain.retries(),
                plain.balancing(),
                new Upgrades(List.of(new Upgrade("CONNECT", true, connect))));
    }

    private static String described(RouteAction action) {
        return table(route(on(prefix("/")), action)).match(get("/")).decision().describe();
    }
}
