package dev.wick.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the index offers for a path. */
class PathIndexTest {

    private static List<Integer> offered(PathIndex index, String target) {
        int end = PathCondition.end(target);
        List<Integer> routes = new ArrayList<>();
        for (int route : index.exact(target, end)) {
            routes.add(route);
        }
        int position = 0;
        PathIndex.Node node = index.prefixes();
        while (node != null) {
            position += node.length();
            for (int route : node.routes()) {
                routes.add(route);
            }
            for (int route : node.separated(target, position, end)) {
                routes.add(route);
            }
            node = node.next(target, position, end);
        }
        routes.sort(null);
        return routes;
    }

    @Test
    void onlyTheRoutesOfAPathAreOfferedHoweverManyThereAre() {
        PathIndex.Builder builder = new PathIndex.Builder();
        for (int i = 0; i < 10_000; i += 2) {
            builder.exact("/exact/" + i, i);
            builder.prefix("/prefix/" + i + "/", false, i + 1);
        }
        PathIndex index = builder.build();

        assertEquals(List.of(4_242), offered(index, "/exact/4242?q"));
        assertEquals(List.of(4_243), offered(index, "/prefix/4242/x"));
        assertEquals(List.of(), offered(index, "/prefix/4243/x"));
        assertEquals(List.of(), offered(index, "/exact/4243"));
    }

    @Test
    void everyPrefixOfAPathIsOffered() {
        PathIndex.Builder builder = new PathIndex.Builder();
        builder.prefix("/abc", false, 0);
        builder.prefix("/ab", false, 1);
        builder.prefix("/abd", false, 2);
        builder.prefix("", false, 3);
        builder.prefix("/abc", false, 4);
        builder.prefix("/", false, 5);
        PathIndex index = builder.build();

        assertEquals(List.of(0, 1, 3, 4, 5), offered(index, "/abcd"));
        assertEquals(List.of(1, 3, 5), offered(index, "/ab?c"));
        assertEquals(List.of(3), offered(index, ""));
    }

    @Test
    void wholeSegmentsAreOfferedWhereASegmentEnds() {
        PathIndex.Builder builder = new PathIndex.Builder();
        builder.prefix("/a", true, 0);
        builder.prefix("/a", false, 1);
        builder.prefix("/ab", true, 2);
        PathIndex index = builder.build();

        assertEquals(List.of(0, 1), offered(index, "/a"));
        assertEquals(List.of(0, 1), offered(index, "/a/b"));
        assertEquals(List.of(0, 1), offered(index, "/a?b"));
        assertEquals(List.of(1, 2), offered(index, "/ab"));
        assertEquals(List.of(1), offered(index, "/abc"));
    }

    @Test
    void pathsOfOneHashAreToldApart() {
        PathIndex.Builder builder = new PathIndex.Builder();
        builder.exact("Aa", 0);
        builder.exact("BB", 1);
        PathIndex index = builder.build();

        assertEquals(List.of(0), offered(index, "Aa"));
        assertEquals(List.of(1), offered(index, "BB"));
        assertEquals(List.of(1), offered(index, "BB?q"));
    }
}
