package dev.wick.model.check;

import dev.wick.model.Cluster;
import dev.wick.model.DomainName;
import dev.wick.model.Endpoint;
import dev.wick.model.FilterChain;
import dev.wick.model.Listener;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds within one record beyond the types of its fields. One rule per record, which leaves
 * the records within it to rules of their own: so a reader can run each as soon as its record is
 * there, and what is wrong with one hides nothing of another.
 */
public final class Rules {

    private static final long MOST_WEIGHT = 4_294_967_295L;
    private static final int MOST_BODY = 4_096;
    private static final int MOST_SECRET = 65_536;
    private static final Duration LONGEST = Duration.ofDays(365);

    private Rules() {}

    public static void listener(Listener listener, Findings findings) {
        findings.text("name", listener.name(), Syntax.documentName(listener.name()));
        findings.text("address", listener.address(), Syntax.ip(listener.address()));
        port(listener.port(), findings);
        int chains = listener.filterChains().size();
        if (chains != 1) {
            findings.add(
                    "filterChains",
                    chains + " chains",
                    "exactly one: there is nothing yet by which a connection could choose");
        }
    }

    private static void port(int port, Findings findings) {
        if (port < 1 || port > 65_535) {
            findings.add("port", Integer.toString(port), "1-65535");
        }
    }

    public static void filterChain(FilterChain chain, Findings findings) {
        if (!chain.name().isEmpty()) {
            findings.add(
                    "name",
                    Problem.shown(chain.name()),
                    "no name: there is nothing yet that could refer to it");
        }
    }

    public static void virtualHost(VirtualHost host, Findings findings) {
        DeliveryRules.host(host.policies().delivery(), findings);
        findings.text("name", host.name(), Syntax.documentName(host.name()));
        findings.enter("listeners");
        distinct(host.listeners(), findings);
        findings.leave();
        findings.enter("domains");
        if (host.domains().isEmpty()) {
            findings.add("[]", "a list of at least 1");
        }
        Map<String, Integer> before = new HashMap<>();
        for (int i = 0; i < host.domains().size(); i++) {
            String domain = host.domains().get(i);
            findings.enter(i);
            findings.text(domain, Syntax.domain(domain));
            Integer first = before.putIfAbsent(DomainName.normalise(domain), i);
            if (first != null) {
                findings.add(
                        Problem.shown(domain),
                        "each domain once; domains[" + first + "] is the same");
            }
            findings.leave();
        }
        findings.leave();
    }

    private static void distinct(List<String> names, Findings findings) {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            findings.enter(i);
            findings.text(names.get(i), Syntax.documentName(names.get(i)));
            if (!before.add(names.get(i))) {
                findings.add(Problem.shown(names.get(i)), "each name once");
            }
            findings.leave();
        }
    }

    public static void cluster(Cluster cluster, Findings findings) {
        findings.text("name", cluster.name(), Syntax.documentName(cluster.name()));
        if (cluster.connectTimeout().compareTo(Duration.ofMillis(1)) < 0
                || cluster.connectTimeout().compareTo(LONGEST) > 0) {
            findings.add("connectTimeout", cluster.connectTimeout().toString(), "1ms to 8760h");
        }
        endpoints(cluster.endpoints(), findings);
        BalancingRules.loadBalancing(cluster.loadBalancing(), findings);
    }

    private static void endpoints(List<Endpoint> endpoints, Findings findings) {
        findings.enter("endpoints");
        Set<String> before = new HashSet<>();
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            String host = DomainName.normalise(endpoint.address()) + " " + endpoint.port();
            if (!before.add(host)) {
                findings.enter(i);
                findings.add(Problem.shown(host), "each address and port once");
                findings.leave();
            }
        }
        findings.leave();
    }

    public static void endpoint(Endpoint endpoint, Findings findings) {
        findings.text("address", endpoint.address(), Syntax.address(endpoint.address()));
        port(endpoint.port(), findings);
        if (endpoint.loadBalancingWeight() < 1 || endpoint.loadBalancingWeight() > MOST_WEIGHT) {
            String weight = Long.toString(endpoint.loadBalancingWeight());
            findings.add("loadBalancingWeight", weight, "1-" + MOST_WEIGHT);
        }
        if (endpoint.priority() < 0 || endpoint.priority() > 128) {
            findings.add("priority", Integer.toString(endpoint.priority()), "0-128");
        }
    }

    public static void secret(Secret secret, Findings findings) {
        findings.text("name", secret.name(), Syntax.documentName(secret.name()));
        int length = secret.value().getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MOST_SECRET) {
            findings.add("value", length + " bytes", "1-" + MOST_SECRET + " bytes");
        }
    }

    public static void route(Route route, Findings findings) {
        String name = route.name();
        if (name != null) {
            findings.text("name", name, Syntax.printable(name));
        }
        boolean template = route.match().path() instanceof PathMatch.Template;
        if (template && route.action() instanceof RouteAction.Forward forward) {
            noRewrite("route", forward.rewrite().prefix(), findings);
        }
        if (template && route.action() instanceof RouteAction.Redirect redirect) {
            noRewrite("redirect", redirect.prefixRewrite(), findings);
        }
    }

    private static void noRewrite(String action, @Nullable String rewrite, Findings findings) {
        if (rewrite != null) {
            findings.enter(action);
            findings.add(
                    "prefixRewrite",
                    Problem.shown(rewrite),
                    "a match by prefix, exact or regex, or no rewrite: a template matches no prefix that could be replaced");
            findings.leave();
        }
    }

    public static void forward(RouteAction.Forward forward, Findings findings) {
        HttpRules.upgrades(forward.upgrades(), findings);
        long sum = 0;
        for (WeightedCluster cluster : forward.clusters()) {
            sum += Math.clamp(cluster.weight(), 0, MOST_WEIGHT);
        }
        if (forward.clusters().isEmpty()) {
            findings.add("weightedClusters", "[]", "a list of at least 1");
        } else if (sum < 1 || sum > MOST_WEIGHT) {
            findings.add(
                    "weightedClusters",
                    "weights of " + sum + " in all",
                    "a sum of 1-" + MOST_WEIGHT);
        }
        rewrite(forward.rewrite().prefix(), findings);
        TimeoutRules.timeouts(forward.timeouts(), findings);
        DeliveryRules.mirrors(forward.delivery().mirrors(), findings);
    }

    /** One cluster's share; that there is such a cluster, the rules across documents say. */
    public static void weightedCluster(WeightedCluster cluster, Findings findings) {
        findings.text("cluster", cluster.cluster(), Syntax.documentName(cluster.cluster()));
        if (cluster.weight() < 0 || cluster.weight() > MOST_WEIGHT) {
            findings.add("weight", Long.toString(cluster.weight()), "0-" + MOST_WEIGHT);
        }
    }

    private static void rewrite(@Nullable String rewrite, Findings findings) {
        if (rewrite != null) {
            findings.text("prefixRewrite", rewrite, Syntax.path(rewrite));
        }
    }

    public static void redirect(RouteAction.Redirect redirect, Findings findings) {
        String scheme = redirect.scheme();
        String host = redirect.host();
        Integer port = redirect.port();
        String path = redirect.path();
        if (scheme != null) {
            findings.text("scheme", scheme, Syntax.scheme(scheme));
        }
        if (host != null) {
            findings.text("host", host, Syntax.host(host));
        }
        if (port != null) {
            port(port, findings);
        }
        if (path != null) {
            findings.text("path", path, Syntax.pathAndQuery(path));
        }
        rewrite(redirect.prefixRewrite(), findings);
        if (path != null && redirect.prefixRewrite() != null) {
            findings.add("path, prefixRewrite", "at most one of path, prefixRewrite");
        }
        boolean moves = scheme != null || host != null || port != null || path != null;
        if (!moves && redirect.prefixRewrite() == null && !redirect.stripQuery()) {
            findings.add(
                    "no change of the URL",
                    "at least one of scheme, host, port, path, prefixRewrite, stripQuery: a redirect to itself never ends");
        }
        switch (redirect.status()) {
            case 301, 302, 303, 307, 308 -> {}
            default ->
                    findings.add(
                            "status",
                            Integer.toString(redirect.status()),
                            "301, 302, 303, 307 or 308");
        }
    }

    public static void directResponse(RouteAction.DirectResponse answer, Findings findings) {
        if (answer.status() < 200 || answer.status() > 599) {
            findings.add("status", Integer.toString(answer.status()), "200-599");
        }
        int length = answer.body().getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_BODY) {
            findings.add("body", length + " bytes", "at most " + MOST_BODY + " bytes");
        }
        boolean without =
                answer.status() == 204 || answer.status() == 205 || answer.status() == 304;
        if (without && length > 0) {
            findings.add(
                    "body",
                    length + " bytes",
                    "none: an answer of " + answer.status() + " has no body");
        }
    }
}
