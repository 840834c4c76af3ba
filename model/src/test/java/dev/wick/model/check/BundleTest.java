package dev.wick.model.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.FilterChain;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HostPolicies;
import dev.wick.model.HttpOptions;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.Route;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RouteMatch;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BundleTest {

    private final Gateway gateway = new Gateway();

    @Test
    void aRouteNeedsItsClusterInTheGatewayOrInTheBundle() {
        gateway.has(cluster("there"));

        assertEquals(
                List.of(), check(put(host("v", "a.com", "there", "new")), put(cluster("new"))));
        assertEquals(
                List.of(
                        "VirtualHost/v routes[1].route.cluster: \"gone\" (expected: the name of a Cluster of the gateway or of this bundle)"),
                check(put(host("v", "a.com", "there", "gone"))));
    }

    @Test
    void eachOfWeightedClustersIsNeeded() {
        Route route = route(List.of(new WeightedCluster("a", 1), new WeightedCluster("b", 2)));
        VirtualHost host = host("v", List.of(), List.of("a.com"), List.of(route));

        assertEquals(
                List.of(
                        "VirtualHost/v routes[0].route.weightedClusters[0].cluster: \"a\" (expected: the name of a Cluster of the gateway or of this bundle)",
                        "VirtualHost/v routes[0].route.weightedClusters[1].cluster: \"b\" (expected: the name of a Cluster of the gateway or of this bundle)"),
                check(put(host)));
    }

    @Test
    void aHostNeedsTheListenersThatItNames() {
        gateway.has(listener("http", 80));

        assertEquals(
                List.of(
                        "VirtualHost/v listeners[1]: \"https\" (expected: the name of a Listener of the gateway or of this bundle)"),
                check(put(host("v", List.of("http", "https"), "a.com"))));
    }

    @Test
    void aDocumentWhoseTextHasProblemsIsThereAllTheSame() {
        assertEquals(
                List.of(),
                check(put(host("v", "a.com", "c")), new Change.Unsound(Kind.CLUSTER, "c")));
    }

    @Test
    void whatADocumentWithProblemsRefersToAndClaimsIsCheckedToo() {
        gateway.has(host("other", "b.com"));

        assertEquals(
                List.of(
                        "VirtualHost/v routes[0].route.cluster: \"nowhere\" (expected: the name of a Cluster of the gateway or of this bundle)",
                        "VirtualHost/v domains[0]: \"b.com\" (expected: a domain of no other virtual host: VirtualHost/other has it on every listener)"),
                check(new Change.Unsound(Kind.VIRTUAL_HOST, "v", host("v", "b.com", "nowhere"))));
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        gateway.has(cluster("c"), host("v", "a.com", "c", "c"), host("w", "b.com", "c"));

        assertEquals(
                List.of("Cluster/c: deleted (expected: no document that refers to it; 2 do)"),
                check(delete(Kind.CLUSTER, "c")));
        assertEquals(
                List.of("Cluster/c: deleted (expected: no document that refers to it; 1 does)"),
                check(delete(Kind.CLUSTER, "c"), delete(Kind.VIRTUAL_HOST, "v")));
        assertEquals(
                List.of(),
                check(
                        delete(Kind.CLUSTER, "c"),
                        put(cluster("d")),
                        put(host("v", "a.com", "d")),
                        delete(Kind.VIRTUAL_HOST, "w")));
    }

    @Test
    void whatTheBundleDeletesItDoesNotReferTo() {
        gateway.has(cluster("c"), host("v", "a.com", "c"));

        assertEquals(
                List.of(
                        "VirtualHost/v routes[0].route.cluster: \"c\" (expected: the name of a Cluster, but this bundle deletes it)"),
                check(delete(Kind.CLUSTER, "c"), put(host("v", "a.com", "c"))));
    }

    @Test
    void aListenerThatAHostNamesIsNotDeleted() {
        gateway.has(listener("http", 80), host("v", List.of("http"), "a.com"));

        assertEquals(
                List.of("Listener/http: deleted (expected: no document that refers to it; 1 does)"),
                check(delete(Kind.LISTENER, "http")));
    }

    @Test
    void aDomainHasOneHostWhateverItsSpelling() {
        gateway.has(host("v", "a.com"));

        assertEquals(
                List.of(
                        "VirtualHost/w domains[0]: \"a.com\" (expected: a domain of no other virtual host: VirtualHost/v has it on every listener)"),
                check(put(host("w", "A.com."))));
        assertEquals(List.of(), check(put(host("w", "a.com:80"))));
        assertEquals(List.of(), check(put(host("w", "*.com"))));
        assertEquals(List.of(), check(put(host("v", "a.com"))));
    }

    @Test
    void aHostOnEveryListenerAndOneOnAListenerCollideWhicheverComesFirst() {
        gateway.has(
                listener("http", 80),
                listener("other", 81),
                host("named", List.of("http"), "a.com"));

        assertEquals(
                List.of(
                        "VirtualHost/every domains[0]: \"a.com\" (expected: a domain of no other virtual host: VirtualHost/named has it on listener http)"),
                check(put(host("every", "a.com"))));
        assertEquals(List.of(), check(put(host("second", List.of("other"), "a.com"))));

        gateway.has(host("all", "b.com"));

        assertEquals(
                List.of(
                        "VirtualHost/one domains[0]: \"b.com\" (expected: a domain of no other virtual host: VirtualHost/all has it on every listener)"),
                check(put(host("one", List.of("other"), "b.com"))));
    }

    @Test
    void twoHostsOfOneBundleCollideToo() {
        gateway.has(listener("http", 80));

        assertEquals(
                List.of(
                        "VirtualHost/w domains[0]: \"a.com\" (expected: a domain of no other virtual host: VirtualHost/v has it on every listener)",
                        "VirtualHost/x domains[0]: \"a.com\" (expected: a domain of no other virtual host: VirtualHost/v has it on every listener)"),
                check(
                        put(host("v", "a.com")),
                        put(host("w", List.of("http"), "a.com")),
                        put(host("x", "a.com"))));
        assertEquals(
                List.of(
                        "VirtualHost/every domains[0]: \"b.com\" (expected: a domain of no other virtual host: VirtualHost/one has it on listener http)"),
                check(put(host("one", List.of("http"), "b.com")), put(host("every", "b.com"))));
    }

    @Test
    void aDomainCanMoveFromAHostToAnotherInOneBundle() {
        gateway.has(host("v", "a.com"), host("w", "b.com"));

        assertEquals(List.of(), check(put(host("v", "b.com")), put(host("w", "a.com"))));
        assertEquals(List.of(), check(put(host("new", "a.com")), delete(Kind.VIRTUAL_HOST, "v")));
        assertEquals(
                List.of(),
                check(put(host("new", "a.com")), new Change.Unsound(Kind.VIRTUAL_HOST, "v")));
    }

    @Test
    void twoListenersDoNotShareAPort() {
        gateway.has(listener("http", 80));

        assertEquals(
                List.of(
                        "Listener/other port: 80 (expected: a port that is free on 0.0.0.0: Listener/http has it)"),
                check(put(listener("other", 80))));
        assertEquals(List.of(), check(put(listener("other", 80)), put(listener("http", 81))));
        assertEquals(List.of(), check(put(listener("other", 80)), delete(Kind.LISTENER, "http")));
    }

    @Test
    void aNameStandsOnceInABundle() {
        assertEquals(
                List.of("Cluster/c name: \"c\" (expected: each name once in a bundle)"),
                check(put(cluster("c")), delete(Kind.CLUSTER, "c")));
        assertEquals(List.of(), check(put(cluster("c")), put(new Secret("c", "x"))));
    }

    @Test
    void allProblemsOfABundleAreFoundAtOnce() {
        gateway.has(cluster("c"), host("v", "a.com", "c"));

        assertEquals(
                4,
                check(
                                put(host("w", List.of("none"), "a.com")),
                                put(host("x", "c.com", "none")),
                                delete(Kind.CLUSTER, "c"))
                        .size());
    }

    @Test
    void aBundleCostsWhatItHoldsWhateverTheGatewayHolds() {
        for (int i = 0; i < 1_000; i++) {
            gateway.has(cluster("c" + i), host("v" + i, "v" + i + ".com", "c" + i));
        }
        check(put(host("v7", "v7.com", "c7")), put(cluster("c7")));
        int small = gateway.asked;
        gateway.asked = 0;
        for (int i = 1_000; i < 5_000; i++) {
            gateway.has(cluster("c" + i), host("v" + i, "v" + i + ".com", "c" + i));
        }
        check(put(host("v7", "v7.com", "c7")), put(cluster("c7")));

        assertEquals(small, gateway.asked);
        assertTrue(small <= 5, "asked: " + small);
    }

    @Test
    void aBundleOfTenThousandHostsThatAllClaimTheSameEndsSoon() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(put(host("v" + i, List.of("l" + i), "a.com")));
            changes.add(put(listener("l" + i, 1 + i)));
        }
        for (int i = 0; i < 1_500; i++) {
            changes.add(put(host("w" + i, "a.com")));
        }

        assertEquals(1_000, Check.bundle(changes, gateway).size());
    }

    private List<String> check(Change... changes) {
        return Check.bundle(List.of(changes), gateway).stream().map(Problem::toString).toList();
    }

    private static Change put(Document document) {
        return new Change.Put(document);
    }

    private static Change delete(Kind kind, String name) {
        return new Change.Delete(kind, name);
    }

    private static Cluster cluster(String name) {
        return new Cluster(name, List.of());
    }

    private static Listener listener(String name, int port) {
        return new Listener(
                name,
                "0.0.0.0",
                port,
                Listener.Protocol.HTTP,
                List.of(FilterChain.UNNAMED),
                HttpOptions.DEFAULT);
    }

    private static VirtualHost host(String name, String domain, String... clusters) {
        List<Route> routes = new ArrayList<>();
        for (String cluster : clusters) {
            routes.add(route(List.of(new WeightedCluster(cluster, 1))));
        }
        return host(name, List.of(), List.of(domain), routes);
    }

    private static VirtualHost host(String name, List<String> listeners, String domain) {
        return host(name, listeners, List.of(domain), List.of());
    }

    private static VirtualHost host(
            String name, List<String> listeners, List<String> domains, List<Route> routes) {
        return new VirtualHost(
                name,
                listeners,
                domains,
                routes,
                HeaderMutations.NONE,
                HeaderMutations.NONE,
                HostPolicies.DEFAULT);
    }

    private static Route route(List<WeightedCluster> clusters) {
        return new Route(
                null,
                new RouteMatch(new PathMatch.Prefix("/"), List.of(), List.of(), List.of()),
                new Forward(clusters),
                HeaderMutations.NONE,
                HeaderMutations.NONE);
    }

    /** A gateway in a map, which counts what it is asked. */
    private static final class Gateway implements Surroundings {

        private final Map<String, Document> documents = new LinkedHashMap<>();
        private final Map<String, String> claims = new LinkedHashMap<>();
        private int asked;

        void has(Document... added) {
            for (Document document : added) {
                documents.put(document.kind() + "/" + document.name(), document);
                if (document instanceof VirtualHost host) {
                    for (Claim claim : Claim.of(host)) {
                        claims.put(claim.listener() + "/" + claim.domain(), host.name());
                    }
                }
            }
        }

        @Override
        public boolean exists(Kind kind, String name) {
            asked++;
            return documents.containsKey(kind + "/" + name);
        }

        @Override
        public @Nullable Document document(Kind kind, String name) {
            asked++;
            return documents.get(kind + "/" + name);
        }

        @Override
        public Collection<Listener> listeners() {
            asked++;
            return documents.values().stream()
                    .filter(Listener.class::isInstance)
                    .map(Listener.class::cast)
                    .toList();
        }

        @Override
        public @Nullable String claimant(String listener, String chain, String domain) {
            asked++;
            return claims.get(listener + "/" + domain);
        }

        @Override
        public int references(Kind kind, String name) {
            asked++;
            return (int)
                    documents.values().stream()
                            .filter(
                                    d ->
                                            Reference.of(d).stream()
                                                    .anyMatch(
                                                            r ->
                                                                    r.kind() == kind
                                                                            && r.name()
                                                                                    .equals(name)))
                            .count();
        }
    }
}
