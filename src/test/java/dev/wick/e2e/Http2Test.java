package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cleartext HTTP/2 in, HTTP/1.1 to the cluster. */
class Http2Test {

    private static final StoreApi STORE = Store.shared().gateway("h2");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream ECHO = Upstream.echo();
    private static final CountDownLatch SLOW = new CountDownLatch(1);

    @AutoClose
    private static final Upstream WAITING =
            Upstream.answering(
                    exchange -> {
                        try {
                            SLOW.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        exchange.reply(200, "slow");
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + Documents.hostAndCluster("echo", "echo.test", ECHO.port())
                        + Documents.hostAndCluster("slow", "slow.test", WAITING.port()));
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
    void h2load_finds_every_request_answered() throws Exception {
        Process version;
        try {
            version = new ProcessBuilder("h2load", "--version").start();
            version.waitFor();
        } catch (IOException e) {
            System.out.println("skipped: h2load is not installed (Debian: nghttp2-client)");
            Assumptions.abort("no h2load");
        }
        Process process =
                new ProcessBuilder(
                                "h2load",
                                "-n",
                                "2000",
                                "-c",
                                "4",
                                "-m",
                                "20",
                                "-H",
                                ":authority: echo.test",
                                "http://127.0.0.1:" + gateway.port() + "/")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(output.contains("2000 succeeded, 0 failed"), output);
    }
}
