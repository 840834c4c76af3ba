package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port: Envoy's paths, read by GET, changed by POST only. */
class AdminTest {

    private static final StoreApi STORE = Store.shared().gateway("admin");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream UPSTREAM = Upstream.echo();

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + Documents.hostAndCluster("adm", "admin.test", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "admin");
        assertEquals(200, gateway.get("admin.test", "/").status());
        assertEquals(404, gateway.get("nobody.test", "/").status());
    }

    @Test
    void ready_says_live() {
        Reply reply = gateway.admin("GET", "/ready");
        assertEquals("200 LIVE", reply.status() + " " + reply.text().strip());
    }

    @Test
    void metrics_have_envoys_names_and_labels() {
        String text = gateway.admin("GET", "/stats/prometheus").text();

        assertTrue(
                value(text, "envoy_http_downstream_rq_total", "envoy_http_conn_manager_prefix")
                        >= 2);
        assertTrue(
                value(text, "envoy_http_downstream_rq_xx", "envoy_response_code_class=\"2\"") >= 1);
        assertTrue(
                value(text, "envoy_http_downstream_rq_xx", "envoy_response_code_class=\"4\"") >= 1);
        assertTrue(
                value(text, "envoy_cluster_upstream_rq_total", "envoy_cluster_name=\"adm\"") >= 1);
        assertTrue(
                value(text, "envoy_cluster_upstream_cx_total", "envoy_cluster_name=\"adm\"") >= 1);
        assertTrue(
                value(text, "envoy_cluster_upstream_rq_xx", "envoy_response_code_class=\"2\"")
                        >= 1);
        assertTrue(
                value(text, "envoy_cluster_upstream_rq_time_count", "envoy_cluster_name=\"adm\"")
                        >= 1);
        assertTrue(text.contains("# TYPE envoy_http_downstream_rq_total counter"), text);
        assertTrue(value(text, "envoy_http_downstream_rq_time_bucket", "le=\"+Inf\"") >= 1);
    }

    @Test
    void every_line_of_the_metrics_is_prometheus_text() {
        Reply reply = gateway.admin("GET", "/stats/prometheus");
        assertTrue(String.valueOf(reply.field("content-type")).startsWith("text/plain"));
        Pattern sample =
                Pattern.compile(
                        "[a-z_][a-z0-9_]*(\\{([a-z_]+=\"[^\"]*\",?)*})? -?[0-9.e+]+|# (TYPE|HELP) .*|");
        List<String> odd =
                Arrays.stream(reply.text().split("\n"))
                        .filter(line -> !sample.matcher(line).matches())
                        .toList();
        assertEquals(List.of(), odd);
    }

    @Test
    void the_configuration_that_is_held_can_be_read() {
        Reply reply = gateway.admin("GET", "/config_dump");

        assertEquals(200, reply.status());
        new JsonPath(reply.text()).get();
        assertTrue(reply.text().contains("admin.test"), reply::text);
        assertTrue(reply.text().contains(Integer.toString(UPSTREAM.port())), reply::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/server_info", "/listeners", "/clusters", "/stats"})
    void the_usual_pages_are_there(String path) {
        Reply reply = gateway.admin("GET", path);
        assertEquals(200, reply.status());
        assertFalse(reply.text().isBlank());
    }

    @Test
    void what_is_not_there_is_404() {
        assertEquals(404, gateway.admin("GET", "/nothing").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/quitquitquit", "/drain_listeners"})
    void a_change_by_get_is_refused(String path) {
        assertEquals(405, gateway.admin("GET", path).status());
        assertEquals("LIVE", gateway.admin("GET", "/ready").text().strip());
    }

    @Test
    void a_graceful_drain_tells_clients_to_go() {
        assertEquals(400, gateway.admin("POST", "/drain_listeners?skip_exit").status());
        try (Gateway other = Gateway.start(Store.shared(), "admin")) {
            assertEquals(200, other.admin("POST", "/drain_listeners?graceful&skip_exit").status());
            assertEquals(503, other.admin("GET", "/ready").status());
            await().until(() -> "close".equals(other.get("nobody.test", "/").field("connection")));
        }
    }

    @Test
    void quitquitquit_by_post_ends_the_process() {
        try (Gateway other = Gateway.start(Store.shared(), "admin")) {
            assertEquals(200, other.admin("POST", "/quitquitquit").status());
            assertEquals(0, other.process().awaitEnd());
        }
    }

    @Test
    void the_store_hears_what_the_instance_serves() {
        await().untilAsserted(
                        () -> {
                            String text = STORE.get("/instances").body().asString();
                            JsonPath instances = new JsonPath(text);
                            assertEquals(
                                    "http",
                                    instances.getString("instances[0].listeners[0].name"),
                                    text);
                            assertEquals(
                                    "open",
                                    instances.getString("instances[0].listeners[0].state"),
                                    text);
                        });
    }

    private static double value(String text, String name, String label) {
        Matcher matcher =
                Pattern.compile(
                                "(?m)^"
                                        + name
                                        + "\\{[^\\n]*"
                                        + Pattern.quote(label)
                                        + "[^\\n]*} (\\S+)$")
                        .matcher(text);
        assertTrue(matcher.find(), () -> name + " with " + label + " is missing in\n" + text);
        return Double.parseDouble(matcher.group(1));
    }
}
