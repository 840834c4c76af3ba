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
