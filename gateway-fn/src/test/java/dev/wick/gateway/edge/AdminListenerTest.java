package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.client.Loops;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The admin port. */
class AdminListenerTest {

    private final Loops loops = Loops.start(1);
    private final AdminListener listener = new AdminListener(loops, AdminListenerTest::answer);

    private static AdminResponse answer(AdminRequest request) {
        if (request.path().equals("/broken")) {
            throw new IllegalStateException("as the test wants it");
        }
        if (request.path().equals("/large")) {
            return AdminResponse.json(200, new byte[5_000_000]);
        }
        String text =
                request.method()
                        + ' '
                        + request.path()
                        + ' '
                        + request.query()
                        + ' '
                        + request.text();
        return new AdminResponse(200, "text/plain", text.getBytes(), Map.of("allow", "POST"));
    }

    private RawClient client() throws Exception {
        InetSocketAddress bound =
                listener.open(new InetSocketAddress("127.0.0.1", 0))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        return new RawClient(bound.getPort());
    }

    @AfterEach
    void close() {
        listener.close();
        loops.close();
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
        try (RawClient client = client()) {
            client.send(
                    "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
                            + "GET /d HTTP/1.1\r\nHost: x\r\n\r\n");
            String first = client.response();
            assertTrue(first.contains("\r\nallow: POST\r\n"), first);
            assertTrue(first.endsWith("POST /a b=c hi"), first);
            assertTrue(client.response().endsWith("GET /d  "));
        }
    }

    @Test
    void largeAnswersComeWhole() throws Exception {
        try (RawClient client = client()) {
            String response = client.get("/large").response();
            assertEquals(5_000_000, response.length() - response.indexOf("\r\n\r\n") - 4);
        }
    }

    @Test
    void aFaultIsAnswered500() throws Exception {
        try (RawClient client = client()) {
            assertTrue(client.get("/broken").response().startsWith("HTTP/1.1 500 "));
            assertTrue(client.get("/fine").response().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void whatIsNoRequestOrTooLargeIsRefused() throws Exception {
        try (RawClient client = client()) {
            assertTrue(client.send("NONSENSE\r\n\r\n").response().startsWith("HTTP/1.1 400 "));
            assertEquals("", client.rest());
        }
    }
}
