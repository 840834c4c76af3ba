package dev.wick.route.compile;

import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.FractionalPercent;
import dev.wick.model.FractionalPercent.Denominator;
import dev.wick.model.RouteMatch;
import dev.wick.model.RuntimeFraction;
import dev.wick.route.Route;
import dev.wick.route.RouteTable;
import dev.wick.route.RuntimeValues;
import dev.wick.route.Share;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Routes that take a share of requests. */
class RuntimeFractionTest {

    private static RouteMatch share(int percent, String key) {
        FractionalPercent value = new FractionalPercent(percent, Denominator.HUNDRED);
        return new RouteMatch(
                prefix("/"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                new RuntimeFraction(value, key));
    }

    private static int met(RouteTable table, int route) {
        int met = 0;
        for (long random = 0; random < 100; random++) {
            Route found = table.match(get("/"), random);
            met += found != null && found.index() == route ? 1 : 0;
        }
        return met;
    }

    @Test
    void oneNumberDecidesForAllRoutesOfARequestAsInEnvoy() {
        RouteTable table =
                table(route(share(30, "")), route(share(50, "")), route(on(prefix("/"))));

        assertEquals(30, met(table, 0));
        assertEquals(20, met(table, 1));
        assertEquals(50, met(table, 2));
    }

    @Test
    void noneAndAllAreExact() {
        assertEquals(0, met(table(route(share(0, ""))), 0));
        assertEquals(100, met(table(route(share(100, ""))), 0));
        assertEquals(100, met(table(route(share(250, ""))), 0));
    }

    @Test
    void theRuntimeSaysTheShareWhereItHasTheKey() {
        RouteTable table = table(route(share(0, "canary")));
        RuntimeValues runtime = table.runtime();
        assertNotNull(runtime);

        runtime.set(Map.of("canary", new Share(70, 100), "other", new Share(1, 100)));
        assertEquals(70, met(table, 0));

        runtime.set(Map.of());
        assertEquals(0, met(table, 0));
    }

    @Test
    void aTableWithoutKeysNeedsNoRuntime() {
        assertNull(table(route(share(10, ""))).runtime());
        assertNull(table(route(on(prefix("/")))).runtime());
    }

    @Test
    void anExplanationGoesOnWhereOnlySomeRequestsMatch() {
        RouteTable table = table(route(share(10, "canary")), route(on(prefix("/"))));

        assertEquals(
                "route 0: runtime fraction canary: \"10 of 100\" (expected: this request among them)",
                table.explain(get("/")).getFirst().toString());
        assertTrue(table.explain(get("/")).getLast().matched());
        assertFalse(table.explain(get("/")).getFirst().matched());
    }
}
