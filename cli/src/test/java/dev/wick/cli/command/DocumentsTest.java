package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wick.cli.store.StoreClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final int PAGES = 40;

    /** Has so many pages of a document each for every kind, but refuses the kind Secret. */
    private final HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    private final AtomicInteger page = new AtomicInteger();

    DocumentsTest() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean refused = exchange.getRequestURI().getPath().endsWith("/Secret");
        int now = page.incrementAndGet();
        String next = now % PAGES == 0 ? "" : ",\"next\":\"c\"";
        String body =
                refused
                        ? "{\"detail\":\"no\"}"
                        : "{\"revision\":1,\"items\":[{\"name\":\"n" + now + "\"}]" + next + "}";
        exchange.sendResponseHeaders(refused ? 422 : 200, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private StoreClient store() {
        return new StoreClient(
                "http://127.0.0.1:" + server.getAddress().getPort(), "default", null, "nowhere");
    }

    @Test
    void documentsAreInTheOrderInWhichTheyCame() {
        List<String> names =
                new Documents(store(), document -> document.at("name").text())
                        .all(List.of("Cluster", "Listener"));

        assertEquals(2 * PAGES, names == null ? 0 : names.size());
        assertEquals(List.of("n1", "n2"), names == null ? List.of() : names.subList(0, 2));
    }

    @Test
    void aTryThatIsGivenUpMakesNoMoreText() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Documents documents =
                new Documents(
                        store(),
                        document -> {
                            begun.incrementAndGet();
                            return wait(never);
                        });

        assertNull(
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> documents.all(List.of("Cluster", "Secret"))));
        int threads = Runtime.getRuntime().availableProcessors();
        assertTrue(begun.get() <= threads, begun::toString);
    }

    private static String wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }
}
