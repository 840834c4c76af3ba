package dev.wick.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What finding a route costs, in steps that are counted: nodes gone through and routes offered. */
class TableSizeTest {

    /** Routes of all indexed kinds by turns, all with paths of one length. */
    private static PathIndexes routes(int count) {
        PathIndexes.Builder builder = new PathIndexes.Builder();
        for (int i = 0; i < count; i++) {
            path(i, i % 6).enter(builder, i);
        }
        return builder.build();
    }

    private static PathCondition path(int number, int kind) {
        String path = "/services/%05d/items".formatted(number);
        return switch (kind) {
            case 0 -> PathCondition.exact(path, true);
            case 1 -> PathCondition.prefix(path, true);
            case 2 -> PathCondition.pathSeparatedPrefix(path, true);
            case 3 -> PathCondition.exact(path, false);
            case 4 -> PathCondition.prefix(path, false);
            default -> PathCondition.pathSeparatedPrefix(path, false);
        };
    }

    /** Routes offered for a path, and nodes gone through to find them. */
    private static int[] steps(PathIndexes routes, String target) {
        int[] steps = new int[2];
        count(routes.sensitive(), target, steps);
        PathIndex insensitive = routes.insensitive();
        if (insensitive != null) {
            count(insensitive, Ascii.lower(target), steps);
        }
        steps[0] += routes.others().length;
        return steps;
    }

    private static void count(PathIndex index, String target, int[] steps) {
        int end = PathCondition.end(target);
        steps[0] += index.exact(target, end).length;
        int position = 0;
        for (PathIndex.Node node = index.prefixes();
                node != null;
                node = node.next(target, position, end)) {
            position += node.length();
            steps[0] += node.routes().length + node.separated(target, position, end).length;
            steps[1]++;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 600, 6_000, 10_002, 60_000})
    void onlyTheRouteOfAPathIsOfferedHoweverManyThereAre(int count) {
        PathIndexes routes = routes(count);

        for (int i = 0; i < count; i += 1 + count / 500) {
            int[] steps = steps(routes, "/services/%05d/items".formatted(i));
            assertEquals(1, steps[0]);
            // A node for each digit at most, and the begin, in either index.
            assertTrue(steps[1] <= 2 * 7, () -> "nodes: " + steps[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 60_000})
    void whatNoRouteTakesCostsNoMore(int count) {
        int[] steps = steps(routes(count), "/services/99999/items/and/more?q");

        assertEquals(0, steps[0]);
        assertTrue(steps[1] <= 2 * 7, () -> "nodes: " + steps[1]);
    }
}
