package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.RawHttp2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a listener does against more than its hosts or it can bear. */
class ProtectionTest {

    private static final StoreApi STORE = Store.shared().gateway("protection");
    private static final String GRADIENT = "http.http.adaptive_concurrency.gradient_controller.";
    private static final String MANY = "x".repeat(100);
    private static final int ADAPTIVE = Ports.free();
    private static final int LIMITED = Ports.free();
    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch RELEASE = new CountDownLatch(1);
    private static final CountDownLatch LATE_ASKED = new CountDownLatch(1);
    private static final CountDownLatch LATE = new CountDownLatch(1);

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        String target = exchange.request().target();
                        if (target.equals("/hold")) {
                            ASKED.countDown();
                            hold(RELEASE);
                        } else if (target.equals("/late")) {
                            LATE_ASKED.countDown();
                            hold(LATE);
                        }
                        String hops = exchange.request().field("max-forwards");
                        exchange.reply(
                                200, target.equals("/large") ? MANY : hops == null ? "ok" : hops);
                    });

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeAll
    static void start() {
        STORE.apply(
                """
                kind: Listener
                name: http
                port: 8080
                http:
                  hopLimit: 3
                  streamFlushTimeout: 500ms
                ---
                kind: Listener
                name: adaptive
                port: 8081
                http:
                  adaptiveConcurrency:
                    gradientControllerConfig:
                      concurrencyLimitParams: {concurrencyUpdateInterval: 100ms}
                      minRttCalcParams: {interval: 1h, requestCount: 5, minConcurrency: 1}
                ---
                kind: Listener
                name: limited
                port: 8082
                http:
                  http2ProtocolOptions: {maxConcurrentStreams: 1}
                  commonHttpProtocolOptions: {maxConnectionDuration: 500ms}
                ---
                """
                        + Documents.hostAndCluster("p", "p.test", UPSTREAM.port()));
        gateway = gateway(ADAPTIVE, LIMITED);
        assertEquals("ok", gateway.get("p.test", "/").text());
    }

    private static Gateway gateway(int adaptive, int limited, String... more) {
        String listen = "adaptive=127.0.0.1:" + adaptive + ",limited=127.0.0.1:" + limited;
        List<String> flags = new ArrayList<>(List.of(more));
        flags.addAll(List.of("--listen", listen));
        return Gateway.start(Store.shared(), "protection", flags.toArray(new String[0]));
    }

    private static List<Field> get(String path) {
        return List.of(
                new Field(":method", "GET"),
                new Field(":scheme", "http"),
                new Field(":path", path),
                new Field(":authority", "p.test"));
    }

    @Test
    void a_stream_whose_client_makes_no_room_is_reset_and_its_siblings_go_on() {
        try (RawHttp2 client = RawHttp2.openNarrow(gateway.port(), 20_000)) {
            int large = client.headers(get("/large"), true);
            RawHttp2.Incoming cut = client.await(large);
            assertFalse(cut.complete());
            assertEquals("NO_ERROR", cut.reset());
            assertEquals(10, cut.body().length);
            RawHttp2.Incoming small = client.await(client.headers(get("/"), true));
            assertTrue(small.complete());
            assertEquals("ok", new String(small.body()));
            assertEquals(1, gateway.stat("http2.tx_flush_timeout"));
        }
    }

    @Test
    void a_request_that_has_passed_too_many_proxies_is_508() {
        String[] three = {"x-forwarded-for: 1.1.1.1, 2.2.2.2, 3.3.3.3"};
        assertEquals(200, gateway.get("p.test", "/", three).status());
        Reply reply = gateway.get("p.test", "/", "via: 1.1 a, 1.1 b, 1.1 c, 1.1 d");
        assertEquals("508 too many hops", reply.status() + " " + reply.text());
    }

    @Test
    void max_forwards_of_options_is_counted_down_and_answered_at_zero() {
        try (Http1 client = Http1.open(gateway.port())) {
            assertEquals(
                    "4", client.request("OPTIONS", "p.test", "/", "", "max-forwards: 5").text());
            int before = UPSTREAM.requests().size();
            Reply own = client.request("OPTIONS", "p.test", "/", "", "max-forwards: 0");
            assertEquals("200 ", own.status() + " " + own.text());
            assertEquals(before, UPSTREAM.requests().size());
        }
    }

    @Test
    void more_requests_at_once_than_hosts_are_found_to_bear_are_refused() throws Exception {
        Thread first = Thread.ofVirtual().start(() -> Http1.get(ADAPTIVE, "p.test", "/hold"));
        ASKED.await();
        Reply refused = Http1.get(ADAPTIVE, "p.test", "/");
        assertEquals("503 reached concurrency limit", refused.status() + " " + refused.text());
        String stats = GRADIENT.replace("http.http", "http.adaptive");
        assertEquals(1, gateway.stat(stats + "rq_blocked"));
        assertEquals(1, gateway.stat(stats + "concurrency_limit"));
        RELEASE.countDown();
        first.join();
        for (int i = 0; i < 5; i++) {
            assertEquals(200, Http1.get(ADAPTIVE, "p.test", "/").status());
        }
        assertEquals(0, gateway.stat(stats + "min_rtt_calculation_active"));
        await().until(
                        () -> {
                            Http1.get(ADAPTIVE, "p.test", "/");
                            return gateway.stat(stats + "concurrency_limit") > 1;
                        });
    }

    @Test
    void who_resets_requests_at_once_and_again_loses_the_connection() {
        try (RawHttp2 client = RawHttp2.open(gateway.port(), 20_000)) {
            try {
                for (int i = 0; i < 2_000; i++) {
                    client.reset(client.headers(get("/"), true), 8);
                }
            } catch (UncheckedIOException closed) {
                // As it should be; what came before is read all the same.
            }
            client.awaitEnd();
        }
        assertEquals(1, gateway.stat("http.http.downstream_rq_too_many_premature_resets"));
        assertEquals("ok", gateway.get("p.test", "/").text());
    }

    @Test
    void a_connection_has_so_many_streams_and_lives_so_long() {
        try (RawHttp2 client = RawHttp2.open(LIMITED, 20_000)) {
            List<Field> post = new ArrayList<>(get("/"));
            post.set(0, new Field(":method", "POST"));
            int open = client.headers(post, false);
            RawHttp2.Incoming refused = client.await(client.headers(get("/"), true));
            assertEquals("REFUSED_STREAM", refused.reset());
            client.data(open, new byte[0], true);
            assertTrue(client.await(open).complete());
            client.awaitEnd();
            assertEquals("NO_ERROR", client.goaway());
        }
        assertEquals(1, gateway.stat("http.limited.downstream_cx_max_duration_reached"));
    }

    @Test
    void what_runs_when_the_process_is_told_to_end_is_finished() throws Exception {
        try (Gateway other = gateway(Ports.free(), Ports.free(), "--drain-time", "20s");
                Http1 client = Http1.open(other.port())) {
            client.send("GET /late HTTP/1.1\r\nhost: p.test\r\n\r\n");
            LATE_ASKED.await();
            assertTrue(other.process().handle().destroy());
            await().until(() -> !accepts(other.port()));
            LATE.countDown();
            Reply reply = client.reply();
            assertEquals("ok close", reply.text() + " " + reply.field("connection"));
            assertEquals(143, other.process().awaitEnd());
        }
    }

    private static boolean accepts(int port) {
        try (Http1 client = Http1.open(port)) {
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    @Test
    void a_gateway_that_is_said_to_fail_lets_its_connections_end() {
        try (Gateway other = gateway(Ports.free(), Ports.free(), "--max-connections", "1");
                Http1 client = Http1.open(other.port())) {
            Reply before = client.request("GET", "p.test", "/", "");
            assertEquals(null, before.field("connection"));
            try (Http1 second = Http1.open(other.port())) {
                assertEquals("", second.rest());
            }
            String listener = "listener.127.0.0.1_" + other.port();
            assertEquals(1, other.stat(listener + ".downstream_global_cx_overflow"));
            assertEquals(200, other.admin("POST", "/healthcheck/fail").status());
            assertEquals(503, other.admin("GET", "/ready").status());
            Reply last = client.request("GET", "p.test", "/", "");
            assertEquals("200 close", last.status() + " " + last.field("connection"));
            assertEquals("", client.rest());
            assertEquals(200, other.admin("POST", "/healthcheck/ok").status());
            assertEquals(200, other.admin("GET", "/ready").status());
            await().until(() -> other.stat(listener + ".downstream_cx_active") == 0);
            assertEquals(null, other.get("p.test", "/").field("connection"));
        }
    }
}
