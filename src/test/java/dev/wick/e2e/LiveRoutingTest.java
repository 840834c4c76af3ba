package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What routes read live: the Runtime document, and clusters that headers name. */
class LiveRoutingTest {

    private static final StoreApi STORE = Store.shared().gateway("live-routing");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream BLUE = Upstream.saying("blue");
    @AutoClose private static final Upstream GREEN = Upstream.saying("green");

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: canary
                        domains: [canary.test]
                        routes:
                          - match: {path: {prefix: /}, runtimeFraction: {defaultValue: {numerator: 0}, runtimeKey: canary}}
                            directResponse: {status: 200, body: canary}
                          - match: {path: {prefix: /}}
                            directResponse: {status: 200, body: stable}
                        ---
                        kind: VirtualHost
                        name: named
                        domains: [named.test]
                        routes:
                          - match: {path: {prefix: /}}
                            route: {clusterHeader: x-cluster, clusterNotFoundResponseCode: NOT_FOUND}
                        """);
        gateway = Gateway.start(Store.shared(), "live-routing");
    }

    private static String said(String host, String path, String... fields) {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("GET", host, path, "", fields);
            return reply.status() + " " + reply.text();
        }
    }

    private static void eventually(String expected, String host, String... fields) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(expected, said(host, "/", fields)));
    }

    private static void runtime(String values) {
        STORE.apply("kind: Runtime\nname: runtime\nvalues: " + values + "\n");
    }

    @Test
    void shares_of_requests_follow_the_runtime_and_without_one_the_default() {
        eventually("200 stable", "canary.test");

        runtime("{canary: 100}");
        eventually("200 canary", "canary.test");

        runtime("{canary: {numerator: 0, denominator: MILLION}, other: 5}");
        eventually("200 stable", "canary.test");

        runtime("{canary: {numerator: 1000000, denominator: MILLION}}");
        eventually("200 canary", "canary.test");

        STORE.request().delete("/Runtime/runtime").then().statusCode(200);
        eventually("200 stable", "canary.test");

        runtime("{canary: 100}");
        eventually("200 canary", "canary.test");
        runtime("{}");
        eventually("200 stable", "canary.test");
    }

    @Test
    void a_cluster_that_a_header_names_is_drawn_changed_and_missed_as_the_store_has_it() {
        eventually("404 ", "named.test", "x-cluster: Later_1");
        eventually("404 ", "named.test");

        STORE.apply(Documents.cluster("Later_1", BLUE.port()));
        eventually("200 blue", "named.test", "x-cluster: Later_1");

        STORE.apply(Documents.cluster("Later_1", GREEN.port()));
        eventually("200 green", "named.test", "x-cluster: Later_1");

        STORE.request().delete("/Cluster/Later_1").then().statusCode(200);
        eventually("404 ", "named.test", "x-cluster: Later_1");

        STORE.apply(Documents.cluster("Later_1", BLUE.port()));
        eventually("200 blue", "named.test", "x-cluster: Later_1");
    }

    @Test
    void many_first_requests_for_named_clusters_are_all_served() {
        StringBuilder clusters = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            clusters.append(Documents.cluster("many-" + i, BLUE.port()));
        }
        STORE.apply(clusters.toString());
        for (int i = 0; i < 50; i++) {
            assertEquals("200 blue", said("named.test", "/", "x-cluster: many-" + i));
        }
    }
}
