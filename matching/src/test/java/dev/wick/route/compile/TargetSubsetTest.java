package dev.wick.route.compile;

import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.hash.SubsetKey;
import dev.wick.model.Balancing;
import dev.wick.model.HeaderMutations;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RoutingPriority;
import dev.wick.route.Forward;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of hosts where requests are split among clusters. */
class TargetSubsetTest {

    private static final Balancing STAGE =
            new Balancing(List.of(), Map.of("stage", "1", "v", "1"), null);

    @Test
    void whatAClusterSaysComesKeyByKeyBeforeWhatTheRouteSays() {
        Forward forward = forward(new WeightedCluster("a", 1), with(Map.of("v", "2", "x", "3")));
        assertEquals(SubsetKey.of(Map.of("stage", "1", "v", "1")), forward.hostChoice().subset());
        assertNull(forward.changes(0));
        assertEquals(
                SubsetKey.of(Map.of("stage", "1", "v", "2", "x", "3")),
                forward.changes(1).hostChoice().subset());
    }

    @Test
    void aClusterThatOnlyChangesHeadersIsAskedAsTheRouteSays() {
        HeaderMutations removal = new HeaderMutations(List.of(), List.of(), List.of("x-a"));
        Forward forward = forward(new WeightedCluster("a", 1, removal, HeaderMutations.NONE));
        assertNull(forward.changes(0).hostChoice());
        assertTrue(!forward.high());
    }

    private static WeightedCluster with(Map<String, String> metadata) {
        return new WeightedCluster(
                "b", null, 1, HeaderMutations.NONE, HeaderMutations.NONE, metadata);
    }

    private static Forward forward(WeightedCluster... clusters) {
        return (Forward)
                table(
                                route(
                                        on(prefix("/")),
                                        Given.forward(
                                                List.of(clusters), STAGE, RoutingPriority.DEFAULT)))
                        .route(0)
                        .decision();
    }
}
