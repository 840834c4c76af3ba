package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Upstreams that are late, gone, wrong or empty, and what the client is told: Envoy's statuses and
 * bodies.
 */
class UpstreamFailuresTest {

    private static final String RESET =
            "upstream connect error or disconnect/reset before headers. reset reason: ";

    private static final StoreApi STORE = Store.shared().gateway("failures");

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "failures");
    }

    @Test
    void no_host_and_no_route_are_404_without_a_body() {
        Reply noHost = gateway.get("nobody.test", "/");
        assertEquals("404 ", noHost.status() + " " + noHost.text());

        STORE.apply(
                Documents.saying("noroute", "noroute.test", "x")
                        .replace("prefix: /", "prefix: /a"));
        Reply noRoute = gateway.get("noroute.test", "/b");
        assertEquals("404 ", noRoute.status() + " " + noRoute.text());
        assertNotNull(noRoute.field("date"));
        assertEquals("0", noRoute.field("content-length"));
    }

    @Test
    void a_cluster_without_endpoints_is_503_no_healthy_upstream() {
        STORE.apply(
                Documents.host("empty", "empty.test", "empty")
                        + "kind: Cluster\nname: empty\nendpoints: []\n");

        Reply reply = gateway.get("empty.test", "/");

        assertEquals("503 no healthy upstream", reply.status() + " " + reply.text());
        assertEquals("text/plain", reply.field("content-type"));
    }

    @Test
    void a_refused_connection_is_503() {
        STORE.apply(Documents.hostAndCluster("refused", "refused.test", Ports.free()));

        Reply reply = gateway.get("refused.test", "/");

        assertEquals(503, reply.status());
        assertTrue(reply.text().startsWith(RESET), reply::text);
    }

    @Test
    void an_upstream_that_hangs_up_before_an_answer_is_503() {
        try (Upstream upstream = Upstream.answering(exchange -> exchange.end())) {
            STORE.apply(Documents.hostAndCluster("fin", "fin.test", upstream.port()));

            Reply reply = gateway.get("fin.test", "/");

            assertEquals(503, reply.status());
            assertEquals(RESET + "connection termination", reply.text());
        }
    }

    @Test
    void an_upstream_that_resets_before_an_answer_is_503() {
        try (Upstream upstream = Upstream.answering(exchange -> exchange.reset())) {
            STORE.apply(Documents.hostAndCluster("rst", "rst.test", upstream.port()));

            Reply reply = gateway.get("rst.test", "/");

            assertEquals(503, reply.status());
            assertTrue(reply.text().startsWith(RESET), reply::text);
        }
    }

    @Test
    void an_upstream_that_resets_within_a_body_resets_the_client() {
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
                            exchange.reset();
                        })) {
            STORE.apply(Documents.hostAndCluster("half", "half.test", upstream.port()));

            assertThrows(UncheckedIOException.class, () -> gateway.get("half.test", "/"));
        }
    }

    @Test
    void a_chunked_answer_that_breaks_off_is_not_ended_as_if_it_were_whole() {
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.send(
                                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n");
                            exchange.end();
                        })) {
            STORE.apply(Documents.hostAndCluster("broken", "broken.test", upstream.port()));

            assertThrows(UncheckedIOException.class, () -> gateway.get("broken.test", "/"));
        }
    }

    @Test
    void an_upstream_that_does_not_speak_http_is_502() {
        try (Upstream upstream =
                Upstream.answering(exchange -> exchange.send("SSH-2.0-x\r\n\r\n"))) {
            STORE.apply(Documents.hostAndCluster("ssh", "ssh.test", upstream.port()));

            Reply reply = gateway.get("ssh.test", "/");

            assertEquals(502, reply.status());
            assertEquals(RESET + "protocol error", reply.text());
        }
    }

    @Test
    void an_upstream_that_does_not_answer_in_time_is_504() {
        CountDownLatch never = new CountDownLatch(1);
        try (Upstream upstream = Upstream.answering(exchange -> hold(never))) {
            STORE.apply(
                    """
                    kind: VirtualHost
                    name: late
                    domains: [late.test]
                    routes:
                      - match: {path: {prefix: /}}
                        route: {cluster: late, timeout: 200ms}
                    ---
                    """
                            + Documents.cluster("late", upstream.port()));

            Reply reply = gateway.get("late.test", "/");

            assertEquals("504 upstream request timeout", reply.status() + " " + reply.text());
            never.countDown();
        }
    }

    @Test
    void an_answer_that_has_begun_and_does_not_end_in_time_is_reset() {
        CountDownLatch never = new CountDownLatch(1);
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nbegun");
                            hold(never);
                        })) {
            STORE.apply(
                    """
                    kind: VirtualHost
                    name: begun
                    domains: [begun.test]
                    routes:
                      - match: {path: {prefix: /}}
                        route: {cluster: begun, timeout: 200ms}
                    ---
                    """
                            + Documents.cluster("begun", upstream.port()));

            assertThrows(UncheckedIOException.class, () -> gateway.get("begun.test", "/"));
            never.countDown();
        }
    }

    @Test
    void a_connection_that_the_upstream_closed_while_idle_costs_no_request() {
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.reply(200, "once");
                            exchange.end();
                        })) {
            STORE.apply(Documents.hostAndCluster("once", "once.test", upstream.port()));
            for (int i = 0; i < 30; i++) {
                Reply reply = gateway.get("once.test", "/");
                assertEquals("200 once", reply.status() + " " + reply.text());
            }
        }
    }

    @Test
    void an_early_answer_to_a_large_request_reaches_the_client() {
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.reply(413, "too large", "connection: close");
                            exchange.body();
                        })) {
            STORE.apply(Documents.hostAndCluster("early", "early.test", upstream.port()));
            try (Http1 client = Http1.open(gateway.port())) {
                client.send(
                        "POST / HTTP/1.1\r\nhost: early.test\r\ncontent-length: 1000000\r\n\r\nonly a little");

                assertEquals(413, client.reply("POST").status());
            }
        }
    }

    @Test
    void a_client_that_leaves_ends_its_request_at_the_upstream() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            arrived.countDown();
                            try {
                                exchange.send(
                                        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                                while (true) {
                                    exchange.send("1\r\nx\r\n");
                                    TimeUnit.MILLISECONDS.sleep(5);
                                }
                            } catch (java.io.IOException | InterruptedException e) {
                                gone.countDown();
                            }
                        })) {
            STORE.apply(Documents.hostAndCluster("left", "left.test", upstream.port()));
            Http1 client = Http1.open(gateway.port());
            client.send("GET / HTTP/1.1\r\nhost: left.test\r\n\r\n");
            arrived.await();
            client.reset();

            assertTrue(gone.await(20, TimeUnit.SECONDS), "the upstream still sends");
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
