package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the gateway adds, keeps and takes away, as Envoy does. */
class HeadersTest {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final StoreApi STORE = Store.shared().gateway("headers");

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        exchange.body();
                        exchange.reply(
                                200,
                                "ok",
                                "x-kept: yes",
                                "keep-alive: timeout=5",
                                "connection: x-hop",
                                "x-hop: 1",
                                "x-remove: me");
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: headers
                        domains: [headers.test]
                        requestHeaders:
                          set: [{name: x-set, value: new}]
                          remove: [x-remove]
                        responseHeaders:
                          add: [{name: x-from-host, value: h}]
                          remove: [x-remove]
                        routes:
                          - match: {path: {prefix: /route}}
                            requestHeaders: {add: [{name: x-added, value: r}]}
                            responseHeaders: {set: [{name: x-kept, value: replaced}]}
                            route: {cluster: headers}
                          - match: {path: {prefix: /}}
                            route: {cluster: headers}
                        ---
                        """
                        + Documents.cluster("headers", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "headers");
    }

    private static Request sent(String path, String... fields) {
        assertEquals(200, gateway.get("headers.test", path, fields).status());
        return UPSTREAM.last();
    }

    @Test
    void a_request_gets_an_id_unless_it_brought_one_that_is_to_be_kept() {
        String id = sent("/").field("x-request-id");
        assertNotNull(id);
        assertTrue(UUID.matcher(id).matches(), id);
        assertNotEquals(id, sent("/").field("x-request-id"));
    }

    @Test
    void the_client_address_and_scheme_are_told_to_the_upstream() {
        Request request = sent("/");
        assertEquals("http", request.field("x-forwarded-proto"));
        assertEquals("headers.test", request.field("host"));
        assertNotNull(request.field("x-envoy-expected-rq-timeout-ms"));
    }

    @Test
    void the_answer_says_how_long_the_upstream_took() {
        String millis = gateway.get("headers.test", "/").field("x-envoy-upstream-service-time");
        assertNotNull(millis);
        assertTrue(Integer.parseInt(millis) >= 0);
    }

    @Test
    void fields_of_one_hop_stay_there() {
        Request request =
                sent(
                        "/",
                        "connection: keep-alive, x-one-hop",
                        "x-one-hop: 1",
                        "keep-alive: timeout=1",
                        "proxy-connection: keep-alive",
                        "te: gzip",
                        "upgrade: h2c",
                        "x-end-to-end: 1");
        assertNull(request.field("x-one-hop"));
        assertNull(request.field("keep-alive"));
        assertNull(request.field("proxy-connection"));
        assertNull(request.field("te"));
        assertNull(request.field("upgrade"));
        assertEquals("1", request.field("x-end-to-end"));

        Reply reply = gateway.get("headers.test", "/");
        assertNull(reply.field("x-hop"));
        assertNull(reply.field("keep-alive"));
    }

    @Test
    void routes_and_hosts_change_headers_in_both_directions() {
        Request request = sent("/route", "x-set: old", "x-remove: secret");
        assertEquals(List.of("new"), request.fields("x-set"));
        assertEquals(List.of("r"), request.fields("x-added"));
        assertNull(request.field("x-remove"));

        Reply reply = gateway.get("headers.test", "/route");
        assertEquals(List.of("replaced"), reply.fields("x-kept"));
        assertEquals("h", reply.field("x-from-host"));
        assertNull(reply.field("x-remove"));
    }

    @Test
    void repeated_fields_keep_their_number_and_order() {
        assertEquals(
                List.of("a", "b, c", "d"),
                sent("/", "x-list: a", "x-list: b, c", "x-list: d").fields("x-list"));
    }

    @Test
    void a_client_connection_serves_many_requests_and_so_does_an_upstream_one() {
        sent("/");
        int before = UPSTREAM.connections();
        try (Http1 client = Http1.open(gateway.port())) {
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.request("GET", "headers.test", "/", "").status());
            }
        }
        assertTrue(UPSTREAM.connections() - before <= 2, "connections are kept");
    }

    @Test
    void connection_close_is_honoured() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("GET", "headers.test", "/", "", "connection: close");
            assertEquals("close", reply.field("connection"));
            assertTrue(client.ended());
        }
    }

    @Test
    void http_1_0_gets_an_answer_and_the_end_of_the_connection_or_an_upgrade() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send("GET / HTTP/1.0\r\nhost: headers.test\r\n\r\n");
            Reply reply = client.reply();
            assertTrue(reply.status() == 200 || reply.status() == 426, () -> "" + reply.status());
            assertTrue(client.ended());
        }
    }

    @Test
    void the_answer_to_head_has_no_body_and_says_the_length() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply head = client.request("HEAD", "headers.test", "/", "");
            assertEquals("2", head.field("content-length"));
            assertEquals("ok", client.request("GET", "headers.test", "/", "").text());
        }
    }

    @Test
    void expect_continue_is_answered_so_that_the_body_comes() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nhost: headers.test\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
            assertEquals(100, client.head().status());
            client.send("hi");
            assertEquals(200, client.reply("POST").status());
        }
    }

    @Test
    void an_absolute_target_names_the_host() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send("GET http://headers.test/abs?q=1 HTTP/1.1\r\nhost: headers.test\r\n\r\n");
            assertEquals(200, client.reply().status());
            assertEquals("/abs?q=1", UPSTREAM.last().target());
        }
    }

    @Test
    void case_and_a_trailing_dot_of_the_host_do_not_matter() {
        assertEquals(200, gateway.get("HEADERS.test.", "/").status());
        assertEquals(200, gateway.get("headers.TEST:1234", "/").status());
        assertFalse(gateway.get("xheaders.test", "/").status() == 200);
    }
}
