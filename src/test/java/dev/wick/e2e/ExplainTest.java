package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Wick;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code ./wick explain} tells of a request beside its route. */
class ExplainTest {

    private static final StoreApi STORE = Store.shared().gateway("explained");

    @AutoClose private final Folder folder = Folder.temporary("explained");

    @BeforeAll
    static void configuration() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: shop
                        domains: [shop.test]
                        requestHeaders: {set: [{name: x-shop, value: "yes"}]}
                        retryPolicy: {retryOn: "5xx,reset", numRetries: 2}
                        routes:
                          - match: {path: {prefix: /}}
                            requestHeaders: {remove: [x-debug]}
                            route: {cluster: shop, timeout: 3s}
                        ---
                        kind: Cluster
                        name: shop
                        circuitBreakers: {thresholds: [{maxRequests: 77}]}
                        endpoints: [{address: 127.0.0.1, port: 9000, loadBalancingWeight: 3}]
                        """);
    }

    private String wick(String... arguments) {
        Map<String, String> environment =
                Map.of(
                        "WICK_STORE", Store.shared().url(),
                        "WICK_GATEWAY", "explained",
                        "WICK_TOKEN", Store.shared().adminToken());
        try (Child child = Wick.command(folder.path(), environment, arguments)) {
            assertEquals(0, child.awaitEnd(), child.output());
            return child.output();
        }
    }

    @Test
    void settings_are_told_with_the_document_that_says_them() {
        String told = wick("explain", "GET", "http://shop.test:8080/cart");

        assertLine(told, " +route\\.timeout +3s");
        assertLine(told, " +route\\.retryPolicy\\.retryOn +5xx,reset +from VirtualHost/shop");
        assertLine(told, " +route\\.retryPolicy\\.numRetries +2 +from VirtualHost/shop");
        assertLine(told, " +circuitBreakers\\.thresholds\\[0\\]\\.maxRequests +77");
        assertLine(
                told,
                " +endpoints\\[0\\] +address 127\\.0\\.0\\.1, port 9000, loadBalancingWeight 3");
        assertLine(told, " +by default");
        assertLine(told, ".*\\bstreamIdleTimeout 5m\\b.*");
        assertLine(
                told, " +circuitBreakers\\.thresholds\\[0\\]: .*\\bmaxPendingRequests 1024\\b.*");
        assertLine(told, ".*\\boutlierDetection none\\b.*");
    }

    @Test
    void changes_of_headers_are_told_in_their_order() {
        String told = wick("explain", "GET", "http://shop.test:8080/cart");

        int removed = told.indexOf("x-debug");
        int set = told.indexOf("x-shop: yes");
        assertTrue(0 < removed && removed < set, told);
        assertLine(told, "request headers, in this order");
    }

    private static void assertLine(String told, String expression) {
        assertTrue(
                told.lines().anyMatch(line -> line.matches(expression)),
                () -> expression + ": " + told);
    }

    @Test
    void the_answer_has_the_fields_that_openapi_describes() {
        JsonPath description = STORE.root().get("/openapi?format=json").jsonPath();
        JsonPath answer =
                JsonPath.from(
                        STORE.request()
                                .contentType("application/json")
                                .body("{\"url\":\"http://shop.test:8080/cart\"}")
                                .post("/explain")
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString());

        assertFields(description, "Explanation", answer.getMap(""));
        assertFields(description, "Setting", answer.getMap("settings[0]"));
        assertFields(description, "HeaderChange", answer.getMap("headerChanges[0]"));
    }

    private static void assertFields(
            JsonPath description, String schema, Map<String, Object> answer) {
        Map<String, Object> described =
                description.getMap("components.schemas." + schema + ".properties");
        assertEquals(new TreeSet<>(described.keySet()), Set.copyOf(answer.keySet()), schema);
    }
}
