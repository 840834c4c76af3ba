package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.RawHttp2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cleartext HTTP/2 in, HTTP/1.1 to the cluster. */
class Http2Test {

    private static final StoreApi STORE = Store.shared().gateway("h2");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream ECHO = Upstream.echo();
    private static final CountDownLatch SLOW = new CountDownLatch(1);

    private static final CountDownLatch DRAINED = new CountDownLatch(1);

    @AutoClose private static final Upstream WAITING = until(SLOW);
    @AutoClose private static final Upstream RUNNING = until(DRAINED);

    private static Upstream until(CountDownLatch latch) {
        return Upstream.answering(
                exchange -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    exchange.reply(200, "slow");
                });
    }

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener().replace("---\n", "http: {drainTimeout: 3s}\n---\n")
                        + Documents.hostAndCluster("echo", "echo.test", ECHO.port())
                        + Documents.hostAndCluster("slow", "slow.test", WAITING.port())
                        + Documents.hostAndCluster("running", "running.test", RUNNING.port()));
        gateway = Gateway.start(Store.shared(), "h2");
    }

    @Test
    void a_request_is_translated_to_http_1_and_its_answer_back() {
        try (Http2 client = Http2.open(gateway.port())) {
            Reply reply = client.send("POST", "echo.test", "/a?b=c", "hello", "x-mine: 1").join();

            assertEquals("200 hello", reply.status() + " " + reply.text());
            assertEquals("HTTP/1.1", ECHO.last().version());
            assertEquals("/a?b=c", ECHO.last().target());
            assertEquals("echo.test", ECHO.last().field("host"));
            assertEquals("1", ECHO.last().field("x-mine"));
            assertEquals("http", ECHO.last().field("x-forwarded-proto"));
            assertTrue(reply.field("x-envoy-upstream-service-time") != null);
            assertTrue(
                    ECHO.last().fields().stream().noneMatch(field -> field.name().startsWith(":")));
        }
    }

    @Test
    void a_large_body_passes_both_ways_within_its_flow_control() {
        String body = "0123456789abcdef".repeat(256 * 1024);
        try (Http2 client = Http2.open(gateway.port())) {
            Reply reply = client.send("POST", "echo.test", "/large", body).join();

            assertEquals(body.length(), reply.body().length);
            assertEquals(body, reply.text());
        }
    }

    @Test
    void many_streams_share_a_connection() {
        try (Http2 client = Http2.open(gateway.port())) {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                replies.add(client.send("POST", "echo.test", "/" + i, "body " + i));
            }
            for (int i = 0; i < 80; i++) {
                assertEquals("body " + i, replies.get(i).join().text());
            }
        }
    }

    @Test
    void a_stream_that_waits_holds_up_none_of_its_siblings() {
        try (Http2 client = Http2.open(gateway.port())) {
            CompletableFuture<Reply> slow = client.send("GET", "slow.test", "/", "");
            await().until(() -> !WAITING.requests().isEmpty());

            assertEquals(200, client.get("echo.test", "/").status());
            assertEquals(404, client.get("nobody.test", "/").status());
            assertFalse(slow.isDone());
            SLOW.countDown();
            assertEquals("slow", slow.join().text());
        }
    }

    @Test
    void the_access_log_says_http_2() {
        try (Http2 client = Http2.open(gateway.port())) {
            client.get("echo.test", "/logged-h2");
        }
        await().until(
                        () ->
                                gateway.accessLog().stream()
                                        .anyMatch(
                                                line ->
                                                        line.contains(
                                                                "\"GET /logged-h2 HTTP/2\" 200")));
    }

    @Test
    void a_graceful_drain_announces_itself_lets_streams_end_and_then_names_the_last() {
        try (Gateway other = Gateway.start(Store.shared(), "h2");
                RawHttp2 client = RawHttp2.open(other.port(), 20_000)) {
            int slow = client.headers(get("running.test"), true);
            await().until(() -> !RUNNING.requests().isEmpty());
            assertEquals(200, other.admin("POST", "/drain_listeners?graceful&skip_exit").status());
            assertEquals(List.of(Integer.MAX_VALUE), client.awaitGoaways(1));

            int late = client.headers(get("echo.test"), true);
            assertEquals("200", client.awaitHead(late).heads().getFirst().getFirst().value());
            assertEquals(List.of(Integer.MAX_VALUE, late), client.awaitGoaways(2));

            DRAINED.countDown();
            RawHttp2.Incoming answer = client.await(slow);
            assertEquals("slow", new String(answer.body()));
            assertTrue(answer.complete());
            client.awaitEnd();
            assertEquals("NO_ERROR", client.goaway());
        }
    }

    private static List<Field> get(String host) {
        return List.of(
                new Field(":method", "GET"),
                new Field(":scheme", "http"),
                new Field(":path", "/"),
                new Field(":authority", host));
    }
}
