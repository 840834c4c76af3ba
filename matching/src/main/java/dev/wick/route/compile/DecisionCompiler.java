package dev.wick.route.compile;

import dev.wick.model.FractionalPercent;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.Timeouts.MaxStreamDuration;
import dev.wick.route.Decision;
import dev.wick.route.DirectResponse;
import dev.wick.route.Forward;
import dev.wick.route.InternalRedirects;
import dev.wick.route.Mirror;
import dev.wick.route.PathCondition;
import dev.wick.route.PathRewrite;
import dev.wick.route.Redirect;
import dev.wick.route.TargetChanges;
import dev.wick.route.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Actions -> decisions. Gives each cluster a slot when it is first met. */
final class DecisionCompiler {

    private final Report report;
    private final ChangeCompiler changes;
    private final List<MirrorPolicy> mirrorsOfHost;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> clusters = new ArrayList<>();

    DecisionCompiler(Report report, ChangeCompiler changes, List<MirrorPolicy> mirrorsOfHost) {
        this.mirrorsOfHost = mirrorsOfHost;
        this.report = report;
        this.changes = changes;
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
                timeouts(action.timeouts()),
                changes(targets, field + ".weightedClusters"),
                mirrors(action.delivery().mirrors()),
                redirects(action.delivery().internalRedirects()),
                describe(targets) + HostChoiceCompiler.describe(action.balancing()),
                UpgradeCompiler.compile(action.upgrades()),
                HostChoiceCompiler.compile(action.balancing()));
    }

    private @Nullable TargetChanges @Nullable [] changes(
            List<WeightedCluster> targets, String field) {
        @Nullable TargetChanges @Nullable [] all = null;
        for (int i = 0; i < targets.size(); i++) {
            WeightedCluster target = targets.get(i);
            if (!target.requestHeaders().isEmpty() || !target.responseHeaders().isEmpty()) {
                all = all == null ? new TargetChanges[targets.size()] : all;
                String at = field + "[" + i + "]";
                all[i] =
                        new TargetChanges(
                                changes.compile(target.requestHeaders(), at + ".requestHeaders"),
                                changes.compile(target.responseHeaders(), at + ".responseHeaders"));
            }
        }
        return all;
    }

    private static @Nullable InternalRedirects redirects(@Nullable InternalRedirectPolicy policy) {
        if (policy == null) {
            return null;
        }
        InternalRedirectPolicy.Predicates predicates = policy.predicates();
        return new InternalRedirects(
                policy.maxInternalRedirects(),
                policy.redirectResponseCodes().stream().mapToInt(Integer::intValue).toArray(),
                policy.allowCrossSchemeRedirect(),
                predicates.previousRoutes(),
                predicates.allowListedRoutes().toArray(new String[0]),
                predicates.safeCrossScheme(),
                policy.responseHeadersToCopy().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    private Mirror @Nullable [] mirrors(List<MirrorPolicy> ofRoute) {
        List<MirrorPolicy> policies = ofRoute.isEmpty() ? mirrorsOfHost : ofRoute;
        if (policies.isEmpty()) {
            return null;
        }
        Mirror[] mirrors = new Mirror[policies.size()];
        for (int i = 0; i < mirrors.length; i++) {
            MirrorPolicy policy = policies.get(i);
            FractionalPercent share = policy.runtimeFraction();
            long perMillion = 1_000_000L * share.numerator() / share.denominator().number();
            mirrors[i] =
                    new Mirror(
                            slot(policy.cluster()),
                            (int) Math.min(1_000_000, perMillion),
                            !policy.disableShadowHostSuffixAppend());
        }
        return mirrors;
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

    /** As in Envoy, a bound on a request's life takes the place of the route's timeout. */
    private static Timeouts timeouts(dev.wick.model.Timeouts timeouts) {
        MaxStreamDuration most = timeouts.maxStreamDuration();
        return most == null
                ? new Timeouts(millis(timeouts.route()), millis(timeouts.idle()), -1, -1, 0)
                : new Timeouts(
                        0,
                        millis(timeouts.idle()),
                        millis(most.maxStreamDuration()),
                        millis(most.grpcTimeoutHeaderMax()),
                        Math.max(0, millis(most.grpcTimeoutHeaderOffset())));
    }

    /** Not less than 1 unless it is 0, which means none; -1 where nothing is said. */
    private static long millis(@Nullable Duration timeout) {
        if (timeout == null) {
            return -1;
        }
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
