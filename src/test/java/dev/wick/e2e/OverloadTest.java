package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.RawHttp2;
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
    private static final String CUT = "envoy.overload_actions.reset_high_memory_stream.count";
    private static final String BEGUN = "http.http.downstream_rq_total";
    private static final String SHED = "http.http.downstream_rq_overload_close";
    private static final int LARGE = 8 << 20;
    private static final int REQUESTS = 1_500;

    private static final CountDownLatch RELEASE = new CountDownLatch(1);
    private static final CountDownLatch HTTP2 = new CountDownLatch(1);

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        String target = exchange.request().target();
                        if (target.startsWith("/hold")) {
                            hold(RELEASE);
                        } else if (target.startsWith("/http2")) {
                            hold(HTTP2);
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
                        Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m"),
                        "--access-log",
                        "off");
        assertEquals("ok", gateway.get("o.test", "/").text());
    }

    @AfterAll
    static void lived() {
        assertTrue(gateway.process().running());
        assertFalse(
                gateway.process().output().contains("Java heap space"),
                () -> gateway.process().output());
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
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
        for (int i = 0; i < REQUESTS; i++) {
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
        assertEquals(REQUESTS, replies.size());
        long shed = replies.stream().filter(OverloadTest::shed).count();
        long served = replies.stream().filter(reply -> reply.status() == 200).count();
        assertEquals(REQUESTS, shed + served);
        assertTrue(served > 0);
        assertTrue(gateway.stat(SHED) >= shed);
        recovers();
    }

    /** Streams of one connection, all at once: nothing of it is in anybody's way but heads. */
    @Test
    void heads_of_http2_that_fill_the_heap_are_shed() {
        List<Field> head =
                List.of(
                        new Field(":method", "GET"),
                        new Field(":scheme", "http"),
                        new Field(":path", "/http2"),
                        new Field(":authority", "o.test"),
                        new Field("x-filler", "x".repeat(55_000)));
        List<RawHttp2> clients = new ArrayList<>();
        try {
            int shed = 0;
            for (int i = 0; i < 10 && shed == 0; i++) {
                long begun = gateway.stat(BEGUN);
                long shedBefore = gateway.stat(SHED);
                RawHttp2 client = RawHttp2.open(gateway.port(), 30_000);
                clients.add(client);
                List<Integer> streams = new ArrayList<>();
                for (int n = 0; n < 150; n++) {
                    streams.add(client.headers(head, true));
                }
                // Those before it may be held by their host; it has an answer only if it is shed.
                shed = firstShed(client, streams, begun, shedBefore);
            }
            assertTrue(shed > 0);
        } finally {
            HTTP2.countDown();
            clients.forEach(RawHttp2::close);
        }
        recovers();
    }

    private static int firstShed(
            RawHttp2 client, List<Integer> streams, long begun, long shedBefore) {
        // Heads are read when they are read: until one is shed, or all of them have been taken.
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                gateway.stat(SHED) > shedBefore
                                        || gateway.stat(BEGUN) - begun >= streams.size());
        if (gateway.stat(SHED) == shedBefore) {
            return 0;
        }
        while (streams.stream().noneMatch(stream -> !client.incoming(stream).heads().isEmpty())) {
            client.awaitFrame();
        }
        for (int stream : streams) {
            if (!client.incoming(stream).heads().isEmpty()) {
                Field status = client.incoming(stream).heads().getFirst().getFirst();
                assertEquals(new Field(":status", "503"), status);
                return stream;
            }
        }
        return 0;
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
                try {
                    slow.add(Http1.open(gateway.port(), 8 * 1024));
                    slow.getLast().send("GET /large HTTP/1.1\r\nhost: o.test\r\n\r\n");
                } catch (UncheckedIOException shut) {
                    // While nothing is accepted, a connection may not come about: it is enough.
                    break;
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stat(CUT) > 0);
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
