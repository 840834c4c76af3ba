package dev.wick.route.compile;

import dev.wick.model.FractionalPercent;
import dev.wick.model.HostPolicies;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.PathMatch;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RoutingPriority;
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
import dev.wick.route.Targets;
import dev.wick.route.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Actions -> decisions. Gives each cluster a slot when it is first met. */
final class DecisionCompiler {

    private final Report report;
    private final ChangeCompiler changes;
    private final HostPolicies host;
    private final RewriteCompiler rewrites;
    private final RetryCompiler retries;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> clusters = new ArrayList<>();

    DecisionCompiler(
            Report report, ChangeCompiler changes, HostPolicies host, RetryCompiler retries) {
        this.host = host;
        this.report = report;
        this.changes = changes;
        this.rewrites = new RewriteCompiler(report);
        this.retries = retries;
    }

    /** In the order of their slots. */
    List<String> clusters() {
        return clusters;
    }

    Decision compile(RouteAction action, PathMatch match, PathCondition path, String field) {
        if (action instanceof RouteAction.Forward forward) {
            return forward(forward.within(host), match, path, field + ".route");
        } else if (action instanceof RouteAction.Redirect redirect) {
            return redirect(redirect, path, field + ".redirect");
        } else if (action instanceof RouteAction.DirectResponse response) {
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            return new DirectResponse(response.status(), body);
        }
        throw new AssertionError(action);
    }

    private Forward forward(
            RouteAction.Forward action, PathMatch match, PathCondition path, String field) {
        return new Forward(
                targets(action, field),
                rewrites.path(action.rewrite(), match, path, field),
                rewrites.authority(action.rewrite(), field),
                timeouts(action.timeouts()),
                changes(action, field + ".weightedClusters"),
                mirrors(action.delivery().mirrors()),
                redirects(action.delivery().internalRedirects()),
                retries.compile(action.retries(), field),
                UpgradeCompiler.compile(action.upgrades()),
                HostChoiceCompiler.compile(action.balancing()),
                isHigh(action));
    }

    private Targets targets(RouteAction.Forward action, String field) {
        List<WeightedCluster> clusters = action.clusters();
        int[] places = new int[clusters.size()];
        @Nullable String[] headers = new @Nullable String[places.length];
        long[] weights = new long[places.length];
        long sum = 0;
        for (int i = 0; i < places.length; i++) {
            WeightedCluster cluster = clusters.get(i);
            String name = cluster.cluster();
            String header = cluster.clusterHeader();
            places[i] = name == null ? -1 : slot(name);
            headers[i] = header == null ? null : header.toLowerCase(Locale.ROOT);
            weights[i] = cluster.weight();
            sum += weights[i];
        }
        int notFound = action.choice().notFound().status();
        if (sum < 1) {
            report.problem(field + ".weightedClusters", Long.toString(sum), "sum of weights >= 1");
            return new Targets(
                    new int[] {0}, new @Nullable String[1], new long[] {1}, notFound, "");
        }
        String description =
                describe(clusters)
                        + HostChoiceCompiler.describe(action.balancing())
                        + UpgradeCompiler.describe(action.upgrades())
                        + (isHigh(action) ? ", with priority HIGH" : "")
                        + copies(action.delivery().mirrors());
        return new Targets(places, headers, weights, notFound, description);
    }

    private static boolean isHigh(RouteAction.Forward action) {
        return action.delivery().priority() == RoutingPriority.HIGH;
    }

    private @Nullable TargetChanges @Nullable [] changes(RouteAction.Forward action, String field) {
        List<WeightedCluster> targets = action.clusters();
        @Nullable TargetChanges @Nullable [] all = null;
        for (int i = 0; i < targets.size(); i++) {
            WeightedCluster target = targets.get(i);
            Map<String, String> metadata = target.metadataMatch();
            if (!target.requestHeaders().isEmpty()
                    || !target.responseHeaders().isEmpty()
                    || !metadata.isEmpty()) {
                all = all == null ? new TargetChanges[targets.size()] : all;
                String at = field + "[" + i + "]";
                all[i] =
                        new TargetChanges(
                                changes.compile(target.requestHeaders(), at + ".requestHeaders"),
                                changes.compile(target.responseHeaders(), at + ".responseHeaders"),
                                metadata.isEmpty()
                                        ? null
                                        : HostChoiceCompiler.compile(action.balancing(), metadata));
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

    private static String copies(List<MirrorPolicy> mirrors) {
        StringBuilder all = new StringBuilder();
        for (MirrorPolicy mirror : mirrors) {
            all.append(", copied to cluster ").append(mirror.cluster());
        }
        return all.toString();
    }

    private Mirror @Nullable [] mirrors(List<MirrorPolicy> policies) {
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
            return "forward to cluster " + name(targets.getFirst()) + ofHosts(targets.getFirst());
        }
        StringBuilder all = new StringBuilder("forward to one of the clusters");
        String separator = " ";
        for (WeightedCluster target : targets) {
            all.append(separator).append(name(target)).append(" (weight ");
            all.append(target.weight()).append(ofHosts(target));
            all.append(')');
            separator = ", ";
        }
        return all.toString();
    }

    private static String ofHosts(WeightedCluster target) {
        return target.metadataMatch().isEmpty()
                ? ""
                : ", of the hosts with " + new TreeMap<>(target.metadataMatch());
    }

    private static String name(WeightedCluster target) {
        return target.cluster() == null
                ? "named by header " + target.clusterHeader()
                : "" + target.cluster();
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
        PathRewrite rewrite =
                rewrites.path(action.prefixRewrite(), action.regexRewrite(), path, field);
        return new Redirect(
                action.status(),
                given(action.newScheme()),
                given(action.host()),
                action.port() == null ? 0 : action.port(),
                given(action.path()),
                rewrite,
                action.stripQuery());
    }

    /** An empty text is none, as in Envoy. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Octets.of(text);
    }
}
