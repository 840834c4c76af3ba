package dev.wick.route.compile;

import dev.wick.model.FractionalPercent;
import dev.wick.model.Runtime;
import dev.wick.model.RuntimeFraction;
import dev.wick.model.VirtualCluster;
import dev.wick.model.VirtualHost;
import dev.wick.route.Condition;
import dev.wick.route.HeaderChanges;
import dev.wick.route.PathCondition;
import dev.wick.route.Route;
import dev.wick.route.RouteTable;
import dev.wick.route.RuntimeShare;
import dev.wick.route.RuntimeValues;
import dev.wick.route.Share;
import dev.wick.route.VirtualClusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual host -> its route table, or problems: all of them at once. Admission refuses whatever
 * this refuses.
 */
public final class RouteCompiler {

    private final Report report;
    private final RuntimeValues runtime = new RuntimeValues();
    private boolean asksRuntime;
    private final MatchCompiler matches;
    private final DecisionCompiler decisions;
    private final ChangeCompiler changes;

    private RouteCompiler(VirtualHost host) {
        report = new Report(host.kind().spelling() + "/" + host.name());
        matches = new MatchCompiler(report);
        changes = new ChangeCompiler(report);
        decisions =
                new DecisionCompiler(
                        report,
                        changes,
                        host.policies(),
                        new RetryCompiler(matches, host.policies().retries()));
    }

    /** Pure; any thread. */
    public static Compiled compile(VirtualHost host) {
        return new RouteCompiler(host).run(host);
    }

    /** What shares read of a Runtime document. Pure; any thread. */
    public static Map<String, Share> shares(Runtime runtime) {
        Map<String, Share> shares = new HashMap<>();
        runtime.values().forEach((key, value) -> shares.put(key, share(value)));
        return Map.copyOf(shares);
    }

    private static Share share(FractionalPercent value) {
        return new Share(value.numerator(), value.denominator().number());
    }

    private Compiled run(VirtualHost host) {
        HeaderChanges request = changes.compile(host.requestHeaders(), "requestHeaders");
        HeaderChanges response = changes.compile(host.responseHeaders(), "responseHeaders");
        List<Route> routes = new ArrayList<>(host.routes().size());
        for (int i = 0; i < host.routes().size(); i++) {
            routes.add(route(i, host.routes().get(i), request, response));
        }
        return report.problems().isEmpty()
                ? new Compiled(
                        new RouteTable(
                                decisions.clusters(),
                                routes,
                                virtualClusters(host),
                                asksRuntime ? runtime : null),
                        List.of())
                : new Compiled(null, report.problems());
    }

    private @Nullable VirtualClusters virtualClusters(VirtualHost host) {
        List<VirtualCluster> clusters = host.policies().delivery().virtualClusters();
        if (clusters.isEmpty()) {
            return null;
        }
        String[] names = new String[clusters.size()];
        Condition[][] conditions = new Condition[names.length][];
        for (int i = 0; i < names.length; i++) {
            VirtualCluster cluster = clusters.get(i);
            names[i] = cluster.name();
            conditions[i] = new Condition[cluster.headers().size()];
            for (int j = 0; j < conditions[i].length; j++) {
                String field = "virtualClusters[" + i + "].headers[" + j + "]";
                conditions[i][j] = matches.header(cluster.headers().get(j), field);
            }
        }
        return new VirtualClusters(host.name(), names, conditions);
    }

    private @Nullable RuntimeShare share(@Nullable RuntimeFraction fraction) {
        if (fraction == null) {
            return null;
        }
        asksRuntime |= !fraction.runtimeKey().isEmpty();
        Share otherwise = share(fraction.defaultValue());
        return new RuntimeShare(fraction.runtimeKey(), otherwise, runtime);
    }

    private Route route(
            int index,
            dev.wick.model.Route route,
            HeaderChanges hostRequest,
            HeaderChanges hostResponse) {
        String field = "routes[" + index + "]";
        PathCondition path = matches.path(route.match().path(), field + ".match.path");
        return new Route(
                index,
                route.name(),
                path,
                matches.conditions(route.match(), field + ".match"),
                share(route.match().runtimeFraction()),
                decisions.compile(route.action(), route.match().path(), path, field),
                changes.compile(route.requestHeaders(), field + ".requestHeaders", hostRequest),
                changes.compile(route.responseHeaders(), field + ".responseHeaders", hostResponse));
    }
}
