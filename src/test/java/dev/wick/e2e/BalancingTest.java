package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which of a cluster's hosts requests go to. */
class BalancingTest {

    private static final StoreApi STORE = Store.shared().gateway("balancing");

    @AutoClose private static final Upstream A = Upstream.saying("a");
    @AutoClose private static final Upstream B = Upstream.saying("b");
    @AutoClose private static final Upstream C = Upstream.saying("c");

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "balancing");
    }

    @Test
    void hosts_get_requests_by_their_weights() {
        apply("weighted", "", "loadBalancingWeight: 1", "loadBalancingWeight: 2", "");

        Map<String, Integer> shares = shares("weighted", 40);

        // Each loop has turns of its own, so a few requests may be out of step.
        assertEquals(20, shares.get("b"), 4);
        assertEquals(10, shares.get("a"), 4);
    }

    @Test
    void a_lower_priority_gets_requests_only_where_the_higher_cannot_carry_them() {
        apply("first", "", "priority: 0", "priority: 1", "priority: 1");
        assertEquals(Map.of("a", 10), shares("first", 10));

        apply("second", "", "healthStatus: UNHEALTHY", "priority: 1", "priority: 1");
        assertEquals(10, shares("second", 10).get("b") + shares("second", 10).get("c"), 4);
        assertTrue(!shares("second", 20).containsKey("a"));
    }

    @Test
    void hosts_that_the_document_calls_unhealthy_or_draining_get_no_requests_but_in_panic() {
        apply("drained", "", "healthStatus: DRAINING", "", "");
        assertEquals("[b, c]", shares("drained", 20).keySet().toString());

        String down = "healthStatus: UNHEALTHY";
        apply("panic", "", down, down, "");
        assertEquals("[a, b, c]", shares("panic", 30).keySet().toString());

        apply("calm", "commonLbConfig: {healthyPanicThreshold: 0}", down, down, "");
        assertEquals("{c=20}", shares("calm", 20).toString());
    }

    @Test
    void clusters_shows_what_is_known_of_each_host() {
        apply(
                "shown",
                "",
                "hostname: h, priority: 1, locality: {region: eu, zone: z},"
                        + " metadata: {envoy.lb: {canary: true, stage: prod}}",
                "healthStatus: DEGRADED",
                "loadBalancingWeight: 7");
        gateway.get("shown.test", "/");

        String lines = gateway.admin("GET", "/clusters").text();

        String a = "shown::127.0.0.1:" + A.port() + "::";
        assertTrue(lines.contains(a + "hostname::h\n" + a + "health_flags::healthy\n"), lines);
        assertTrue(lines.contains(a + "region::eu\n" + a + "zone::z\n"), lines);
        assertTrue(lines.contains(a + "canary::true\n" + a + "priority::1\n"), lines);
        String b = "shown::127.0.0.1:" + B.port() + "::";
        assertTrue(lines.contains(b + "health_flags::/degraded_eds_health\n"), lines);
        assertTrue(lines.contains("shown::127.0.0.1:" + C.port() + "::weight::7\n"), lines);
        String metrics = gateway.admin("GET", "/stats").text();
        assertTrue(metrics.contains("cluster.shown.membership_degraded: 1"), metrics);
        assertTrue(metrics.contains("cluster.shown.membership_healthy: 2"), metrics);
    }

    @Test
    void the_same_key_goes_to_the_same_host() {
        apply("ring", "lbPolicy: RING_HASH", "", "", "");
        STORE.apply(routed("ring", "hashPolicy: [{header: {headerName: x-key}}]"));

        for (int key = 0; key < 8; key++) {
            String first = gateway.get("ring.test", "/", "x-key: " + key).text();
            String again = gateway.get("ring.test", "/", "x-key: " + key).text();
            assertEquals(first, again);
        }
        Map<String, Integer> shares = new TreeMap<>();
        for (int key = 0; key < 30; key++) {
            shares.merge(gateway.get("ring.test", "/", "x-key: " + key).text(), 1, Integer::sum);
        }
        assertEquals("[a, b, c]", shares.keySet().toString());
    }

    @Test
    void a_hash_cookie_is_made_where_it_is_missing_and_leads_back() {
        apply("cookie", "lbPolicy: MAGLEV", "", "", "");
        STORE.apply(routed("cookie", "hashPolicy: [{cookie: {name: c, ttl: 1m, path: /}}]"));

        Reply first = gateway.get("cookie.test", "/");

        String cookie = String.valueOf(first.field("set-cookie"));
        assertTrue(cookie.matches("c=\"[0-9a-f]{16}\"; Max-Age=60; Path=/; HttpOnly"), cookie);
        String kept = "cookie: " + cookie.substring(0, cookie.indexOf(';'));
        for (int i = 0; i < 6; i++) {
            Reply next = gateway.get("cookie.test", "/", kept);
            assertEquals(first.text(), next.text());
            assertEquals(null, next.field("set-cookie"));
        }
    }

    @Test
    void a_session_stays_with_its_host_and_strictly_so_where_asked() {
        apply("session", "", "", "", "");
        STORE.apply(routed("session", "statefulSession: {header: {name: x-session}}"));
        Reply first = gateway.get("session.test", "/");
        String session = "x-session: " + first.field("x-session");
        for (int i = 0; i < 6; i++) {
            Reply next = gateway.get("session.test", "/", session);
            assertEquals(first.text(), next.text());
            assertEquals(null, next.field("x-session"));
        }

        apply("strict", "", "", "", "");
        STORE.apply(routed("strict", "statefulSession: {header: {name: x-session}, strict: true}"));
        // 127.0.0.1:9, where no host of the cluster is.
        Reply gone = gateway.get("strict.test", "/", "x-session: MTI3LjAuMC4xOjk=");
        assertEquals("503 no healthy upstream", gone.status() + " " + gone.text());
    }

    @Test
    void a_route_sends_to_the_subset_that_it_asks_for() {
        apply(
                "subset",
                "lbSubsetConfig: {subsetSelectors: [{keys: [stage]}, {keys: [v], fallbackPolicy: ANY_ENDPOINT}]}",
                "metadata: {envoy.lb: {stage: prod}}",
                "metadata: {envoy.lb: {stage: canary}}",
                "metadata: {envoy.lb: {stage: prod}}");
        STORE.apply(routed("subset", "metadataMatch: {envoy.lb: {stage: prod}}"));
        assertEquals("[a, c]", shares("subset", 20).keySet().toString());

        STORE.apply(routed("nobody", "subset", "metadataMatch: {envoy.lb: {stage: none}}"));
        assertEquals(503, gateway.get("nobody.test", "/").status());

        STORE.apply(routed("anybody", "subset", "metadataMatch: {envoy.lb: {v: 1}}"));
        assertEquals("[a, b, c]", shares("anybody", 30).keySet().toString());
    }

    @Test
    void a_cluster_among_several_has_a_subset_of_its_own_key_by_key_before_the_routes() {
        String selectors = "lbSubsetConfig: {subsetSelectors: [{keys: [stage, v]}]}";
        apply(
                "shared",
                selectors,
                "metadata: {envoy.lb: {stage: prod, v: 1}}",
                "metadata: {envoy.lb: {stage: prod, v: 2}}",
                "metadata: {envoy.lb: {stage: test, v: 2}}");
        STORE.apply(
                """
                kind: VirtualHost
                name: shared
                domains: [shared.test]
                routes:
                - match: {path: {prefix: /}}
                  route:
                    weightedClusters:
                    - {cluster: shared, weight: 1, metadataMatch: {envoy.lb: {v: 1}}}
                    - {cluster: shared, weight: 1, metadataMatch: {envoy.lb: {stage: test}}}
                    metadataMatch: {envoy.lb: {stage: prod, v: 2}}
                """);
        assertEquals("[a, c]", shares("shared", 40).keySet().toString());
    }

    @Test
    void fewer_keys_lists_and_single_hosts_make_subsets_too() {
        apply(
                "wide",
                "lbSubsetConfig: {listAsAny: true, subsetSelectors: [{keys: [stage, v],"
                        + " fallbackPolicy: KEYS_SUBSET, fallbackKeysSubset: [stage]},"
                        + " {keys: [stage]}, {keys: [v], singleHostPerSubset: true}]}",
                "metadata: {envoy.lb: {stage: prod, v: [1, 2]}}",
                "metadata: {envoy.lb: {stage: prod, v: 2}}",
                "metadata: {envoy.lb: {stage: test, v: 3}}");
        STORE.apply(routed("wide", "metadataMatch: {envoy.lb: {stage: prod, v: 1}}"));
        assertEquals("{a=10}", shares("wide", 10).toString());

        STORE.apply(routed("fewer", "wide", "metadataMatch: {envoy.lb: {stage: prod, v: 9}}"));
        assertEquals("[a, b]", shares("fewer", 20).keySet().toString());

        STORE.apply(routed("single", "wide", "metadataMatch: {envoy.lb: {v: 2}}"));
        assertEquals("{a=10}", shares("single", 10).toString());
    }

    @Test
    void all_hosts_are_compared_where_that_is_asked_for() {
        String policy = "lbPolicy: LEAST_REQUEST\n";
        apply("full", policy + "leastRequestLbConfig: {selectionMethod: FULL_SCAN}", "", "", "");
        assertEquals("[a, b, c]", shares("full", 60).keySet().toString());
    }

    private static String routed(String name, String route) {
        return routed(name, name, route);
    }

    private static String routed(String name, String cluster, String route) {
        return Documents.host(name, name + ".test", cluster)
                .replace("{cluster: " + cluster + "}", "{cluster: " + cluster + ", " + route + "}");
    }

    private static void apply(String name, String more, String a, String b, String c) {
        String cluster =
                """
                kind: Cluster
                name: %s
                %s
                endpoints:
                - {address: 127.0.0.1, port: %d, %s}
                - {address: 127.0.0.1, port: %d, %s}
                - {address: 127.0.0.1, port: %d, %s}
                """
                        .formatted(name, more, A.port(), a, B.port(), b, C.port(), c);
        STORE.apply(Documents.host(name, name + ".test", name) + cluster.replace(", }", "}"));
    }

    private static Map<String, Integer> shares(String host, int requests) {
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            Reply reply = gateway.get(host + ".test", "/");
            shares.merge(reply.text(), 1, Integer::sum);
        }
        return shares;
    }
}
