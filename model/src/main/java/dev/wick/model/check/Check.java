package dev.wick.model.check;

import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Endpoints;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HostRewrite;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.Listener;
import dev.wick.model.Problem;
import dev.wick.model.RegexRewrite;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.Runtime;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import java.util.List;
import java.util.function.BiConsumer;

/** Everything that must hold of what an instance is given. Pure; any thread. */
public final class Check {

    private static final int MOST_PROBLEMS = 100;

    private Check() {}

    /**
     * What is wrong within a document. One that was read by {@code Documents.parse} without a
     * problem has none here.
     */
    public static List<Problem> document(Document document) {
        Findings findings = new Findings(MOST_PROBLEMS);
        if (document instanceof VirtualHost host) {
            virtualHost(host, findings);
        } else if (document instanceof Cluster cluster) {
            Rules.cluster(cluster, findings);
            each("endpoints", cluster.endpoints(), Rules::endpoint, findings);
            UpstreamRules.protocol(cluster.protocol(), findings);
        } else if (document instanceof Endpoints endpoints) {
            Rules.endpointsDocument(endpoints, findings);
            each("endpoints", endpoints.endpoints(), Rules::endpoint, findings);
        } else if (document instanceof Listener listener) {
            ChainRules.listener(listener, findings);
            ChainRules.walk(listener, findings);
            one("http", listener.http(), HttpRules::walk, findings);
        } else if (document instanceof Secret secret) {
            Rules.secret(secret, findings);
        } else if (document instanceof Runtime runtime) {
            MatchRules.runtime(runtime, findings);
        }
        return findings.of(document.kind() + "/" + document.name());
    }

    /**
     * What is wrong between the documents of a bundle and with those around it. Costs what the
     * bundle costs.
     */
    public static List<Problem> bundle(List<Change> changes, Surroundings before) {
        return new BundleCheck(changes, before).run();
    }

    static <T> void each(
            String field, List<T> list, BiConsumer<T, Findings> rule, Findings findings) {
        findings.enter(field);
        for (int i = 0; i < list.size(); i++) {
            findings.enter(i);
            rule.accept(list.get(i), findings);
            findings.leave();
        }
        findings.leave();
    }

    static <T> void one(String field, T record, BiConsumer<T, Findings> rule, Findings findings) {
        findings.enter(field);
        rule.accept(record, findings);
        findings.leave();
    }

    private static void virtualHost(VirtualHost host, Findings findings) {
        Rules.virtualHost(host, findings);
        DeliveryRules.conditions(host.policies().delivery(), findings);
        each("routes", host.routes(), Check::route, findings);
        RetryChecks.walk(host.policies().retries(), findings);
        one("requestHeaders", host.requestHeaders(), Check::mutations, findings);
        one("responseHeaders", host.responseHeaders(), Check::mutations, findings);
    }

    private static void route(Route route, Findings findings) {
        one("match", route.match(), MatchRules::all, findings);
        if (route.action() instanceof RouteAction.Forward forward) {
            one("route", forward, Check::forward, findings);
        } else if (route.action() instanceof RouteAction.Redirect redirect) {
            one("redirect", redirect, Check::redirect, findings);
        } else if (route.action() instanceof RouteAction.DirectResponse answer) {
            one("directResponse", answer, Rules::directResponse, findings);
        }
        Rules.route(route, findings);
        one("requestHeaders", route.requestHeaders(), Check::mutations, findings);
        one("responseHeaders", route.responseHeaders(), Check::mutations, findings);
    }

    private static void forward(RouteAction.Forward forward, Findings findings) {
        each("weightedClusters", forward.clusters(), Check::weightedCluster, findings);
        Rules.forward(forward, findings);
        InternalRedirectPolicy redirects = forward.delivery().internalRedirects();
        if (redirects != null) {
            one("internalRedirectPolicy", redirects, RedirectPolicyRules::policy, findings);
        }
        rewrites(forward, findings);
        HttpRules.forward(forward, findings);
        RetryChecks.walk(forward.retries(), findings);
    }

    private static void weightedCluster(WeightedCluster cluster, Findings findings) {
        ActionRules.weightedCluster(cluster, findings);
        one("requestHeaders", cluster.requestHeaders(), Check::mutations, findings);
        one("responseHeaders", cluster.responseHeaders(), Check::mutations, findings);
    }

    private static void rewrites(RouteAction.Forward forward, Findings findings) {
        RegexRewrite regex = forward.rewrite().regex();
        if (regex != null) {
            one("regexRewrite", regex, ActionRules::regexRewrite, findings);
        }
        if (forward.rewrite().host() instanceof HostRewrite.PathRegex path) {
            one("hostRewritePathRegex", path.regex(), ActionRules::regexRewrite, findings);
        }
    }

    private static void redirect(RouteAction.Redirect redirect, Findings findings) {
        ActionRules.redirect(redirect, findings);
        RegexRewrite regex = redirect.regexRewrite();
        if (regex != null) {
            one("regexRewrite", regex, ActionRules::regexRewrite, findings);
        }
    }

    private static void mutations(HeaderMutations mutations, Findings findings) {
        each("add", mutations.add(), HeaderRules::value, findings);
        each("set", mutations.set(), HeaderRules::value, findings);
        HeaderRules.mutations(mutations, findings);
    }
}
