package dev.wick.model.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.model.Balancing;
import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.ClusterChoice;
import dev.wick.model.Delivery;
import dev.wick.model.Document;
import dev.wick.model.Endpoint;
import dev.wick.model.FilterChain;
import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HealthChecking;
import dev.wick.model.HostPolicies;
import dev.wick.model.HttpOptions;
import dev.wick.model.Listener;
import dev.wick.model.LoadBalancing;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.QueryMatch;
import dev.wick.model.RetryRules;
import dev.wick.model.Rewrite;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.DirectResponse;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.Redirect;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RouteMatch;
import dev.wick.model.Secret;
import dev.wick.model.Timeouts;
import dev.wick.model.Upgrades;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.ValueMatch;
import dev.wick.model.VirtualHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that were not read from a text are held to the same, ranges included. */
class CheckTest {

    @Test
    void aListener() {
        Listener listener =
                new Listener(
                        "a b",
                        "localhost",
                        0,
                        Listener.Protocol.HTTP,
                        List.of(new FilterChain("-")),
                        HttpOptions.DEFAULT);

        assertEquals(List.of("name", "address", "port", "filterChains[0].name"), fields(listener));
    }

    @Test
    void aCluster() {
        Cluster cluster =
                new Cluster(
                        "",
                        List.of(new Endpoint("a b", 65_536), new Endpoint("b", 1)),
                        LoadBalancing.DEFAULT,
                        Duration.ZERO,
                        UpstreamProtocol.DEFAULT,
                        CircuitBreakers.DEFAULT,
                        HealthChecking.DEFAULT);

        assertEquals(
                List.of("name", "connectTimeout", "endpoints[0].address", "endpoints[0].port"),
                fields(cluster));
    }

    @Test
    void aSecret() {
        Secret secret = new Secret("s", "ü".repeat(32_769));

        assertEquals(
                List.of("Secret/s value: 65538 bytes (expected: 1-65536 bytes)"),
                Check.document(secret).stream().map(Problem::toString).toList());
    }

    @Test
    void aHostAndEverythingWithinIt() {
        RouteMatch match =
                new RouteMatch(
                        new PathMatch.Regex("("),
                        List.of("get"),
                        List.of(new HeaderMatch("a b", new ValueMatch.Regex("["), false)),
                        List.of(new QueryMatch("", new ValueMatch.Prefix(""))));
        HeaderMutations mutations =
                new HeaderMutations(
                        List.of(HeaderValue.added("host", "a")),
                        List.of(HeaderValue.set("x", "%")),
                        List.of("te"));
        VirtualHost host =
                new VirtualHost(
                        "v",
                        List.of("a b"),
                        List.of("a", "A."),
                        List.of(
                                new Route("r", match, forward(), mutations, HeaderMutations.NONE),
                                route(redirect()),
                                route(new DirectResponse(600, "ü".repeat(2_049)))),
                        HeaderMutations.NONE,
                        mutations,
                        HostPolicies.DEFAULT);

        assertEquals(
                List.of(
                        "listeners[0]",
                        "domains[1]",
                        "routes[0].match.methods[0]",
                        "routes[0].match.path.regex",
                        "routes[0].match.headers[0].name",
                        "routes[0].match.headers[0].regex",
                        "routes[0].match.query[0].name",
                        "routes[0].match.query[0].prefix",
                        "routes[0].route.weightedClusters[0].cluster",
                        "routes[0].route.weightedClusters[0].weight",
                        "routes[0].route.weightedClusters",
                        "routes[0].route.timeout",
                        "routes[0].requestHeaders.add[0].name",
                        "routes[0].requestHeaders.set[0].value",
                        "routes[0].requestHeaders.remove[0]",
                        "routes[1].redirect.scheme",
                        "routes[1].redirect.host",
                        "routes[1].redirect.port",
                        "routes[1].redirect.path",
                        "routes[1].redirect",
                        "routes[1].redirect.status",
                        "routes[2].directResponse.status",
                        "routes[2].directResponse.body",
                        "responseHeaders.add[0].name",
                        "responseHeaders.set[0].value",
                        "responseHeaders.remove[0]"),
                fields(host));
    }

    private static Forward forward() {
        return new Forward(
                new ClusterChoice(List.of(new WeightedCluster("", -1))),
                new Rewrite("/x"),
                new Timeouts(Duration.ofSeconds(-1)),
                Delivery.DEFAULT,
                RetryRules.DEFAULT,
                Balancing.DEFAULT,
                Upgrades.DEFAULT);
    }

    private static Redirect redirect() {
        return new Redirect("1", "a b", 0, "x", "/y", 300, false);
    }

    private static Route route(RouteAction action) {
        RouteMatch match =
                new RouteMatch(new PathMatch.Prefix("/"), List.of(), List.of(), List.of());
        return new Route(null, match, action, HeaderMutations.NONE, HeaderMutations.NONE);
    }

    private static List<String> fields(Document document) {
        return Check.document(document).stream().map(Problem::field).toList();
    }
}
