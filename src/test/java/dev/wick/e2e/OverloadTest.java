package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An instance with a small heap and more work than fits into it: it sheds, recovers and lives. */
class OverloadTest {

    private static final StoreApi STORE = Store.shared().gateway("overload");
    private static final String ACTIONS = "overload.envoy.overload_actions.";
    private static final int LARGE = 8 << 20;

    private static final CountDownLatch RELEASE = new CountDownLatch(1);

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        String target = exchange.request().target();
                        if (target.startsWith("/hold")) {
                            hold();
                        }
                        if (target.startsWith("/large")) {
                            large(exchange);
                        } else {
                            exchange.reply(200, "ok");
                        }
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + Documents.host("o", "o.test", "o")
                                .replace("{cluster: o}", "{cluster: o, timeout: 0s}")
                        + Documents.cluster("o", UPSTREAM.port())
                                .replace(
                                        "---",
                                        "circuitBreakers: {thresholds: [{maxConnections: 9999, maxPendingRequests: 9999, maxRequests: 9999}]}"));
        gateway =
                Gateway.start(
                        Store.shared(),
                        "overload",
                        Map.of("JAVA_TOOL_OPTIONS", "-Xmx40m"),
                        "--access-log",
                        "off");
        assertEquals("ok", gateway.get("o.test", "/").text());
    }

    @AfterAll
    static void lived() {
        assertTrue(gateway.process().running());
        assertFalse(
                gateway.process().output().contains("OutOfMemoryError"),
                () -> gateway.process().output());
    }

    private static void hold() {
        try {
            RELEASE.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void large(Exchange exchange) throws IOException {
        exchange.send("HTTP/1.1 200 OK\r\ncontent-length: " + LARGE + "\r\n\r\n");
        byte[] part = new byte[64 * 1024];
        for (int sent = 0; sent < LARGE; sent += part.length) {
            exchange.send(part, part.length);
        }
    }

    @Test
    void requests_that_fill_the_heap_are_shed_until_there_is_room() throws Exception {
        ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        String field = "x-filler: " + "x".repeat(55_000);
        for (int i = 0; i < 1_500; i++) {
            clients.add(
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            replies.add(
                                                    Http1.get(
                                                            gateway.port(),
                                                            "o.test",
                                                            "/hold",
                                                            field))));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> replies.stream().anyMatch(OverloadTest::shed));
        RELEASE.countDown();
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(1_500, replies.size());
        long shed = replies.stream().filter(OverloadTest::shed).count();
        long served = replies.stream().filter(reply -> reply.status() == 200).count();
        assertEquals(1_500, shed + served);
        assertTrue(served > 0);
        assertTrue(gateway.stat("http.http.downstream_rq_overload_close") >= shed);
        recovers();
    }

    private static boolean shed(Reply reply) {
        return reply.status() == 503
                && "true".equals(reply.field("x-envoy-overloaded"))
                && reply.text().equals("envoy overloaded");
    }

    @Test
    void answers_that_fill_memory_because_nobody_reads_them_are_cut() {
        List<Http1> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Http1 client = Http1.open(gateway.port(), 8 * 1024);
                slow.add(client.send("GET /large HTTP/1.1\r\nhost: o.test\r\n\r\n"));
            }
            String cut = "envoy.overload_actions.reset_high_memory_stream.count";
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stat(cut) > 0);
        } catch (UncheckedIOException shut) {
            // While nothing is accepted, a connection may not come about.
        } finally {
            slow.forEach(Http1::close);
        }
        recovers();
    }

    private static void recovers() {
        String shed = ACTIONS + "stop_accepting_requests.scale_percent";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertEquals(
                                        0,
                                        gateway.stat(shed),
                                        () -> gateway.admin("GET", "/stats").text()));
        assertEquals("ok", gateway.get("o.test", "/").text());
    }
}
