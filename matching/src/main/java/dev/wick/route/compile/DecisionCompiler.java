package dev.wick.route.compile;

import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.route.Decision;
import dev.wick.route.DirectResponse;
import dev.wick.route.Forward;
import dev.wick.route.PathCondition;
import dev.wick.route.PathRewrite;
import dev.wick.route.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Actions -> decisions. Gives each cluster a slot when it is first met. */
final class DecisionCompiler {

    private final Report report;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> clusters = new ArrayList<>();

    DecisionCompiler(Report report) {
        this.report = report;
    }

    /** In the order of their slots. */
    List<String> clusters() {
        return clusters;
    }

    Decision compile(RouteAction action, PathCondition path, String field) {
        if (action instanceof RouteAction.Forward forward) {
            return forward(forward, path, field + ".route");
        } else if (action instanceof RouteAction.Redirect redirect) {
            return redirect(redirect, path, field + ".redirect");
        } else if (action instanceof RouteAction.DirectResponse response) {
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            return new DirectResponse(response.status(), body);
        }
        throw new AssertionError(action);
    }

    private Forward forward(RouteAction.Forward action, PathCondition path, String field) {
        List<WeightedCluster> targets = action.clusters();
        int[] places = new int[targets.size()];
        long[] weights = new long[targets.size()];
        long sum = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = slot(targets.get(i).cluster());
            weights[i] = targets.get(i).weight();
            sum += weights[i];
        }
        if (sum < 1) {
            report.problem(field + ".weightedClusters", Long.toString(sum), "sum of weights >= 1");
            places = new int[] {0};
            weights = new long[] {1};
        }
        PathRewrite rewrite = rewrite(path, action.rewrite().prefix());
        return new Forward(
                places,
                weights,
                rewrite,
                millis(action.timeouts().route()),
                describe(targets),
                UpgradeCompiler.compile(action.upgrades()));
    }

    private int slot(String cluster) {
        Integer known = slots.putIfAbsent(cluster, clusters.size());
        if (known == null) {
            clusters.add(cluster);
        }
        return known == null ? clusters.size() - 1 : known;
    }

    private static String describe(List<WeightedCluster> targets) {
        if (targets.size() == 1) {
            return "forward to cluster " + targets.getFirst().cluster();
        }
        StringBuilder all = new StringBuilder("forward to one of the clusters");
        String separator = " ";
        for (WeightedCluster target : targets) {
            all.append(separator).append(target.cluster()).append(" (weight ");
            all.append(target.weight()).append(')');
            separator = ", ";
        }
        return all.toString();
    }

    /** Not less than 1 unless it is 0, which means none. */
    private static long millis(Duration timeout) {
        return timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
    }

    private Redirect redirect(RouteAction.Redirect action, PathCondition path, String field) {
        if (given(action.path()) != null && given(action.prefixRewrite()) != null) {
            report.problem(field, "path and prefixRewrite", "only one of path, prefixRewrite");
        }
        return new Redirect(
                action.status(),
                given(action.scheme()),
                given(action.host()),
                action.port() == null ? 0 : action.port(),
                given(action.path()),
                rewrite(path, action.prefixRewrite()),
                action.stripQuery());
    }

    private static PathRewrite rewrite(PathCondition path, @Nullable String replacement) {
        return new PathRewrite(path, given(replacement));
    }

    /** An empty text is none, as in Envoy. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Octets.of(text);
    }
}
