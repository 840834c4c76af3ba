package dev.wick.model.check;

import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.DomainName;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.Problem;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private static void port(int port, Findings findings) {
        if (port < 1 || port > 65_535) {
            findings.add("port", Integer.toString(port), "1-65535");
        }
    }

    public static void virtualHost(VirtualHost host, Findings findings) {
        DeliveryRules.host(host.policies().delivery(), findings);
        findings.text("name", host.name(), Syntax.documentName(host.name()));
        findings.enter("listeners");
        distinct(host.listeners(), findings);
        findings.leave();
        findings.enter("filterChains");
        distinct(host.filterChains(), findings);
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
            findings.add("connectTimeout", Spelling.of(cluster.connectTimeout()), "1ms to 8760h");
        }
        endpoints(cluster.endpoints(), findings);
        BalancingRules.loadBalancing(cluster.loadBalancing(), findings);
        HealthRules.health(cluster, findings);
        BalancingRules.discovery(cluster, findings);
        BalancingRules.subsetsOfHosts(cluster, findings);
    }

    public static void endpointsDocument(Endpoints document, Findings findings) {
        findings.text("name", document.name(), Syntax.documentName(document.name()));
        endpoints(document.endpoints(), findings);
        BalancingRules.localityWeights(document.localityWeights(), findings);
    }

    public static void circuitBreakers(CircuitBreakers breakers, Findings findings) {
        boolean[] before = new boolean[RoutingPriority.values().length];
        for (int i = 0; i < breakers.thresholds().size(); i++) {
            RoutingPriority priority = breakers.thresholds().get(i).priority();
            if (before[priority.ordinal()]) {
                findings.add(
                        "thresholds[" + i + "].priority", priority.name(), "each priority once");
            }
            before[priority.ordinal()] = true;
        }
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
        ActionRules.route(route, findings);
    }

    public static void forward(RouteAction.Forward forward, Findings findings) {
        HttpRules.upgrades(forward.upgrades(), findings);
        ActionRules.forward(forward, findings);
        TimeoutRules.timeouts(forward.timeouts(), findings);
        DeliveryRules.mirrors(forward.delivery().mirrors(), findings);
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
