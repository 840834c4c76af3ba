package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import io.restassured.response.Response;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts in documents of their own. */
class EndpointsTest {

    private static final StoreApi STORE = Store.shared().gateway("endpoints");

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "endpoints");
    }

    @Test
    void a_change_to_endpoints_alone_changes_the_hosts_and_leaves_those_that_stay() {
        try (Upstream a = Upstream.saying("a");
                Upstream b = Upstream.saying("b")) {
            STORE.apply(
                    Documents.host("eds", "eds.test", "eds")
                            + cluster("eds", "")
                            + hosts("eds", a.port(), ""));
            assertEquals("a", gateway.get("eds.test", "/").text());

            STORE.apply(hosts("eds", b.port(), "priority: 1").replace("[", "[" + host(a) + ", "));
            await().until(() -> clusters().contains("eds::127.0.0.1:" + b.port()));
            assertEquals("a", gateway.get("eds.test", "/").text());
            assertTrue(a.connections() <= 2, "connections: " + a.connections());

            STORE.apply(hosts("eds", b.port(), "priority: 1"));
            await().untilAsserted(() -> assertEquals("b", gateway.get("eds.test", "/").text()));
        }
    }

    @Test
    void clusters_may_share_endpoints_by_another_name() {
        try (Upstream a = Upstream.saying("shared")) {
            STORE.apply(
                    Documents.host("one", "one.test", "one")
                            + Documents.host("two", "two.test", "two")
                            + cluster("one", "edsClusterConfig: {serviceName: both}")
                            + cluster("two", "edsClusterConfig: {serviceName: both}")
                            + hosts("both", a.port(), ""));
            assertEquals("shared", gateway.get("one.test", "/").text());
            assertEquals("shared", gateway.get("two.test", "/").text());
            String dump = gateway.admin("GET", "/config_dump").text();
            assertTrue(dump.contains("\"endpoints\""), dump);
        }
    }

    @Test
    void what_is_named_must_be_there_and_cannot_be_deleted() {
        Response missing = STORE.tryApply(cluster("lacking", ""));
        assertEquals(422, missing.statusCode());
        assertTrue(missing.asString().contains("the name of an Endpoints"), missing.asString());

        STORE.apply(cluster("kept", "") + hosts("kept", 9, ""));
        Response deleted = STORE.request().delete("/Endpoints/kept");
        assertTrue(deleted.statusCode() >= 400, deleted.asString());
        assertTrue(deleted.asString().contains("no document that refers to it"));
    }

    @Test
    void a_host_that_drains_gets_nothing_new_and_comes_back() {
        try (Upstream a = Upstream.saying("a");
                Upstream b = Upstream.saying("b")) {
            STORE.apply(
                    Documents.host("drain", "drain.test", "drain")
                            + cluster("drain", "")
                            + endpoints("drain", at(a, ""), at(b, "")));
            assertEquals("[a, b]", answers("drain").keySet().toString());

            STORE.apply(endpoints("drain", at(a, "healthStatus: DRAINING"), at(b, "")));
            awaitFlags("drain", a, "/eds_status_draining");
            await().untilAsserted(() -> assertEquals("{b=20}", answers("drain").toString()));

            STORE.apply(endpoints("drain", at(a, ""), at(b, "")));
            awaitFlags("drain", a, "healthy");
            await().untilAsserted(
                            () -> assertEquals("[a, b]", answers("drain").keySet().toString()));
        }
    }

    @Test
    void a_lower_priority_takes_over_where_the_higher_is_unhealthy_and_hands_back() {
        try (Upstream a = Upstream.saying("a");
                Upstream b = Upstream.saying("b")) {
            STORE.apply(
                    Documents.host("failover", "failover.test", "failover")
                            + cluster("failover", "")
                            + endpoints("failover", at(a, ""), at(b, "priority: 1")));
            assertEquals("{a=20}", answers("failover").toString());

            STORE.apply(
                    endpoints("failover", at(a, "healthStatus: UNHEALTHY"), at(b, "priority: 1")));
            awaitFlags("failover", a, "/failed_eds_health");
            await().untilAsserted(() -> assertEquals("{b=20}", answers("failover").toString()));

            STORE.apply(endpoints("failover", at(a, ""), at(b, "priority: 1")));
            awaitFlags("failover", a, "healthy");
            await().untilAsserted(() -> assertEquals("{a=20}", answers("failover").toString()));
        }
    }

    @Test
    void localities_get_requests_by_the_weights_that_come_with_their_hosts() {
        try (Upstream a = Upstream.saying("a");
                Upstream b = Upstream.saying("b")) {
            String hosts =
                    endpoints("zones", at(a, "locality: {zone: x}"), at(b, "locality: {zone: y}"))
                            .replace("---\n", "");
            String even = "localityWeights: [{zone: x, weight: 1}, {zone: y, weight: 1}]\n---\n";
            STORE.apply(
                    Documents.host("zones", "zones.test", "zones")
                            + cluster("zones", "commonLbConfig: {localityWeightedLb: true}")
                            + hosts
                            + even);
            assertEquals(10, answers("zones").get("a"), 2);

            STORE.apply(hosts + even.replace("y, weight: 1", "y, weight: 9"));
            await().untilAsserted(() -> assertEquals(18, answers("zones").get("b"), 2));

            STORE.apply(hosts + even.replace("x, weight: 1", "x, weight: 0"));
            await().untilAsserted(() -> assertEquals("{b=20}", answers("zones").toString()));
        }
    }

    private static void awaitFlags(String cluster, Upstream upstream, String flags) {
        String line = cluster + "::127.0.0.1:" + upstream.port() + "::health_flags::" + flags;
        await().until(() -> clusters().contains(line + "\n"));
    }

    /** What twenty requests were answered. */
    private static Map<String, Integer> answers(String host) {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            answers.merge(gateway.get(host + ".test", "/").text(), 1, Integer::sum);
        }
        return answers;
    }

    private static String at(Upstream upstream, String more) {
        return "{address: 127.0.0.1, port: "
                + upstream.port()
                + (more.isEmpty() ? "}" : ", " + more + "}");
    }

    private static String endpoints(String name, String... hosts) {
        return "kind: Endpoints\nname: "
                + name
                + "\nendpoints: ["
                + String.join(", ", hosts)
                + "]\n---\n";
    }

    private static String clusters() {
        return gateway.admin("GET", "/clusters").text();
    }

    private static String cluster(String name, String more) {
        return "kind: Cluster\nname: " + name + "\ntype: EDS\n" + more + "\n---\n";
    }

    private static String host(Upstream upstream) {
        return "{address: 127.0.0.1, port: " + upstream.port() + "}";
    }

    private static String hosts(String name, int port, String more) {
        String host = "{address: 127.0.0.1, port: " + port + (more.isEmpty() ? "" : ", " + more);
        return "kind: Endpoints\nname: " + name + "\nendpoints: [" + host + "}]\n---\n";
    }
}
