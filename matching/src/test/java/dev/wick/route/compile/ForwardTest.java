package dev.wick.route.compile;

import static dev.wick.route.compile.Given.exact;
import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.regex;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.to;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.wick.http.RequestHead;
import dev.wick.model.PathMatch;
import dev.wick.model.RegexRewrite;
import dev.wick.model.Rewrite;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.route.Forward;
import dev.wick.route.RouteTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a request is sent, and under which path. */
class ForwardTest {

    private static Forward forward(RouteTable table, RequestHead head) {
        return (Forward) table.match(head).decision();
    }

    private static String rewritten(PathMatch path, String prefixRewrite, String target) {
        RequestHead head = get(target);
        forward(table(route(on(path), to("a", prefixRewrite))), head).rewrite(head);
        return head.path();
    }

    private static int slot(Forward forward, long random) {
        return forward.targets().slot(forward.targets().pick(random));
    }

    @Test
    void eachClusterHasOneSlotInTheOrderOfItsFirstMention() {
        RouteTable table =
                table(
                        route(on(prefix("/b")), to("b")),
                        route(on(prefix("/a")), to("a")),
                        route(on(prefix("/")), to("b")));

        assertArrayEquals(new String[] {"b", "a"}, table.clusters());
        assertEquals(1, slot(forward(table, get("/a")), 7));
        assertEquals(0, slot(forward(table, get("/")), 7));
    }

    @Test
    void requestsAreSplitByWeight() {
        RouteAction action =
                to(
                        List.of(
                                new WeightedCluster("a", 1),
                                new WeightedCluster("none", 0),
                                new WeightedCluster("b", 3)),
                        null);
        Forward forward = forward(table(route(on(prefix("/")), action)), get("/"));
        int[] picked = new int[3];

        for (long random = 0; random < 400; random++) {
            picked[forward.targets().pick(random)]++;
        }

        assertArrayEquals(new int[] {100, 0, 300}, picked);
        assertEquals(3, forward.targets().size());
    }

    @Test
    void aRandomNumberIsTakenAsUnsigned() {
        RouteAction action =
                to(List.of(new WeightedCluster("a", 1), new WeightedCluster("b", 1)), null);
        Forward forward = forward(table(route(on(prefix("/")), action)), get("/"));

        assertEquals(1, forward.targets().pick(-1));
        assertEquals(0, forward.targets().pick(Long.MIN_VALUE));
    }

    @Test
    void theLargestWeightsDoNotOverflow() {
        WeightedCluster a = new WeightedCluster("a", 4_294_967_295L);
        WeightedCluster b = new WeightedCluster("b", 4_294_967_295L);
        Forward forward = forward(table(route(on(prefix("/")), to(List.of(a, b), null))), get("/"));

        assertEquals(0, forward.targets().pick(4_294_967_294L));
        assertEquals(1, forward.targets().pick(4_294_967_295L));
    }

    @Test
    void aPrefixRewriteReplacesThePrefixOnly() {
        assertEquals("/v2/x?q=/api", rewritten(prefix("/api"), "/v2", "/api/x?q=/api"));
        assertEquals("/v2x", rewritten(prefix("/api"), "/v2", "/apix"));
    }

    @Test
    void aSlashInPlaceOfAPrefixDoublesTheSlashAsInEnvoy() {
        assertEquals("//x", rewritten(prefix("/p"), "/", "/p/x"));
        assertEquals("/x", rewritten(prefix("/p/"), "/", "/p/x"));
    }

    @Test
    void aPrefixRewriteReplacesAnExactOrRegexPathWhollyAndKeepsTheQuery() {
        assertEquals("/b?c=d", rewritten(exact("/a"), "/b", "/a?c=d"));
        assertEquals("/b?c=d", rewritten(regex("/a.*"), "/b", "/aaa/a?c=d"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "\u00e9 \u00f6 /a\u00c3\u00a9 /a\u00c3\u00b6",
                "\u00e9 \u00f6 /a\u00e9 /a\u00e9",
                "[^a/] <\\0> /a\u00c3\u00a9 /a<\u00c3><\u00a9>",
                "([^a/]) \\1\u00f6 /a\u00e9 /a\u00e9\u00c3\u00b6",
            })
    void aRegexRewriteReplacesOctets(
            String pattern, String substitution, String target, String expected) {
        Rewrite rewrite =
                new Rewrite(null, new RegexRewrite(pattern, substitution), null, null, false);
        RequestHead head = get(target);

        forward(table(route(on(prefix("/")), Given.rewriting(rewrite))), head).rewrite(head);

        assertEquals(expected, head.path());
    }

    @Test
    void withoutARewriteThePathStaysTheSameObject() {
        RequestHead head = get("/a");

        String path = head.path();
        forward(table(route(on(prefix("/")), to("a"))), head).rewrite(head);

        assertSame(path, head.path());
    }

    @Test
    void theTimeoutIsInMillisecondsAndZeroIsNone() {
        assertEquals(15_000, timeout(Duration.ofSeconds(15)));
        assertEquals(0, timeout(Duration.ZERO));
        assertEquals(1, timeout(Duration.ofNanos(1)));
    }

    private static long timeout(Duration timeout) {
        RouteAction action = Given.forward(List.of(new WeightedCluster("a", 1)), null, timeout);
        return forward(table(route(on(prefix("/")), action)), get("/")).timeouts().routeMillis();
    }
}
