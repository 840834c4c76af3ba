package dev.wick.route.compile;

import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.RequestHead;
import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.Route;
import dev.wick.model.RouteMatch;
import dev.wick.model.ValueMatch;
import dev.wick.route.RouteTable;
import dev.wick.route.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The index against a plain walk over the model, on made-up tables; {@code -Dwick.seed=N} repeats a
 * run.
 */
class IndexedMatchTest {

    private static final List<String> QUERIES =
            List.of("", "?", "?a=b", "?b=a&a=a", "?a&b=a", "?ab=b&a", "?&a=a&a=b", "?b=a");

    private final long seed = Long.getLong("wick.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void theIndexPicksTheRouteThatAPlainWalkPicks() {
        System.out.println("wick.seed=" + seed);
        for (int round = 0; round < 300; round++) {
            compare(1 + random.nextInt(60));
        }
        compare(5_000);
    }

    private void compare(int size) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            routes.add(route(match()));
        }
        RouteTable table = table(routes.toArray(new Route[0]));
        for (int i = 0; i < 100; i++) {
            RequestHead head = head();
            int expected = walk(routes, head);
            dev.wick.route.Route found = table.match(head);
            String request = "seed " + seed + ": " + head.method() + " " + head.path();

            assertEquals(expected, found == null ? -1 : found.index(), request);
            assertEquals(expected, explained(table.explain(head)), request);
        }
    }

    private static int explained(List<Step> steps) {
        return steps.getLast().matched() ? steps.getLast().route() : -1;
    }

    /** Few letters, so that paths meet often. */
    private String path() {
        StringBuilder path = new StringBuilder("/");
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append("abA/".charAt(random.nextInt(4)));
        }
        return path.toString();
    }

    private RequestHead head() {
        RequestHead head = get(path() + QUERIES.get(random.nextInt(QUERIES.size())));
        head.method(random.nextBoolean() ? "GET" : "PUT");
        if (random.nextBoolean()) {
            head.headers().add("x-a", random.nextBoolean() ? "a" : "b");
        }
        return head;
    }

    private RouteMatch match() {
        return new RouteMatch(
                pathMatch(),
                random.nextInt(4) == 0 ? List.of("PUT") : List.of(),
                random.nextInt(4) == 0
                        ? List.of(new HeaderMatch("X-A", value(), random.nextBoolean()))
                        : List.of(),
                random.nextInt(4) == 0 ? List.of(new QueryMatch("a", value())) : List.of());
    }

    private PathMatch pathMatch() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new PathMatch.Exact(path());
            case 2, 3 -> new PathMatch.Prefix(path());
            case 4 -> new PathMatch.PathSeparatedPrefix(path());
            case 5 -> new PathMatch.Exact(path(), false);
            case 6 -> new PathMatch.PathSeparatedPrefix(path(), false);
            default -> new PathMatch.Regex(path() + "[ab]*");
        };
    }

    private ValueMatch value() {
        return random.nextInt(3) == 0
                ? new ValueMatch.Present(random.nextBoolean())
                : new ValueMatch.Exact("a");
    }

    private static int walk(List<Route> routes, RequestHead head) {
        for (int i = 0; i < routes.size(); i++) {
            if (takes(routes.get(i).match(), head)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean takes(RouteMatch match, RequestHead head) {
        String[] parts = head.path().split("\\?", 2);
        return takesPath(match.path(), parts[0])
                && (match.methods().isEmpty() || match.methods().contains(head.method()))
                && match.headers().stream()
                        .allMatch(h -> takes(h.value(), head.headers().get("x-a"), h.invert()))
                && match.query().stream().allMatch(q -> takes(q.value(), parameter(parts), false));
    }

    private static boolean takesPath(PathMatch match, String path) {
        return switch (match) {
            case PathMatch.Exact exact ->
                    exact.caseSensitive()
                            ? path.equals(exact.path())
                            : path.equalsIgnoreCase(exact.path());
            case PathMatch.Prefix prefix -> path.startsWith(prefix.prefix());
            case PathMatch.PathSeparatedPrefix prefix ->
                    (path + "/")
                            .regionMatches(
                                    !prefix.caseSensitive(),
                                    0,
                                    prefix.prefix() + "/",
                                    0,
                                    prefix.prefix().length() + 1);
            case PathMatch.Regex regex -> path.matches(regex.regex());
            case PathMatch.Connect connect -> path.isEmpty();
            case PathMatch.Template template -> throw new AssertionError(template);
        };
    }

    private static @Nullable String parameter(String[] parts) {
        for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
            String[] halves = pair.split("=", 2);
            if (halves[0].equals("a")) {
                return halves.length < 2 ? "" : halves[1];
            }
        }
        return null;
    }

    private static boolean takes(ValueMatch match, @Nullable String value, boolean invert) {
        if (match instanceof ValueMatch.Present present) {
            return (present.present() == (value != null)) != invert;
        }
        return value != null && ((ValueMatch.Exact) match).value().equals(value) != invert;
    }
}
