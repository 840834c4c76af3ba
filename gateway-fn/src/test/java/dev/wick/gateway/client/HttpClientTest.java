package dev.wick.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.wick.gateway.upstream.RawHost;
import dev.wick.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway itself asks, of real servers. */
class HttpClientTest {

    private static Loops loops;

    private final Loop loop = loops.loop(1);

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @Test
    void aWholeAnswerComesBack() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/echo",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    String text =
                            exchange.getRequestMethod() + " " + exchange.getRequestURI() + " ";
                    text += exchange.getRequestHeaders().getFirst("X-Token") + " ";
                    text += new String(body, StandardCharsets.UTF_8);
                    byte[] answer = text.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("X-Revision", "7");
                    exchange.sendResponseHeaders(201, text.contains("chunk") ? 0 : answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        try {
            HttpClient client = client("localhost:" + server.getAddress().getPort() + "/v1/");
            for (String body : new String[] {"hello", "chunk", ""}) {
                Headers headers = new Headers();
                headers.add("x-token", "t");
                Answer answer = send(client, request("POST", "/echo?a=b", headers, body)).get();
                assertEquals(201, answer.status());
                assertEquals("7", answer.headers().get("x-revision"));
                assertEquals("POST /v1/echo?a=b t " + body, text(answer.body()));
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void connectionsAreKeptAndReplacedWhereTheyDied() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(ok);
                            peer.readHead();
                            if (peer.number() > 1) {
                                peer.send(ok);
                                peer.readHead();
                            }
                        })) {
            HttpClient client = client("127.0.0.1:" + host.port());
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "ok", text(send(client, ClientRequest.get("/", 5000, 10)).get().body()));
            }
            assertEquals(2, host.connections());
        }
    }

    @Test
    void anAnswerThatIsTooLongOrNoHttpOrHalfIsAFailure() throws Exception {
        assertEquals(
                "answer: longer than 10 octets",
                failure("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world"));
        assertEquals("answer: STATUS_LINE (expected: HTTP/1.1)", failure("220 smtp\r\n"));
        assertEquals(
                "connection: closed before the answer was complete",
                failure("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"));
        assertEquals("connection: closed before the answer was complete", failure(""));
    }

    private String failure(String answer) throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(answer);
                        })) {
            return why(send(client("127.0.0.1:" + host.port()), ClientRequest.get("/", 5000, 10)));
        }
    }

    @Test
    void whoeverDoesNotAnswerInTimeOrAtAllIsAFailure() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        int port;
        try (RawHost host = new RawHost(peer -> done.await())) {
            port = host.port();
            String why = why(send(client("127.0.0.1:" + port), ClientRequest.get("/", 50, 10)));
            assertEquals("timeout: no answer within 50 ms", why);
            done.countDown();
        }
        String refused = why(send(client("127.0.0.1:" + port), ClientRequest.get("/", 5000, 10)));
        assertTrue(refused.startsWith("connection: "), refused);
        String unknown = why(send(client("nowhere.invalid"), ClientRequest.get("/", 5000, 10)));
        assertEquals("host: nowhere.invalid (expected: a name with an address)", unknown);
    }

    @Test
    void aStreamIsToldAsItComesAndOutlivesTheTimeout() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(
                                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
                            first.await();
                            Thread.sleep(100);
                            peer.send("3\r\ntwo\r\n0\r\n\r\n");
                            peer.readHead();
                        })) {
            CompletableFuture<String> whole = new CompletableFuture<>();
            stream(client("127.0.0.1:" + host.port()), 80, new Told(first, whole));
            assertEquals("200 onetwo", whole.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCancelledStreamIsHeardOfNoMore() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.1 200 OK\r\n\r\none");
                            if (peer.readHead() == null) {
                                gone.countDown();
                            }
                        })) {
            CompletableFuture<String> whole = new CompletableFuture<>();
            Call call = stream(client("127.0.0.1:" + host.port()), 5000, new Told(first, whole));
            assertTrue(first.await(10, TimeUnit.SECONDS));
            loop.execute(call::cancel);
            assertTrue(gone.await(10, TimeUnit.SECONDS));
            assertFalse(whole.isDone());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a",
                "a:80",
                "http://",
                "http://a:0",
                "http://a:x",
                "http://a:70000"
            })
    void anOriginIsAnHttpUrl(String url) {
        Throwable refused =
                assertThrows(IllegalArgumentException.class, () -> new HttpClient(loops, url));
        assertEquals(
                "url: " + url + " (expected: http://HOST[:PORT][/PREFIX])", refused.getMessage());
    }

    private Call stream(HttpClient client, long timeoutMillis, Streamed told) throws Exception {
        AtomicReference<Call> call = new AtomicReference<>();
        CountDownLatch made = new CountDownLatch(1);
        loop.execute(
                () -> {
                    call.set(client.stream(loop, ClientRequest.get("/", timeoutMillis, 1), told));
                    made.countDown();
                });
        assertTrue(made.await(10, TimeUnit.SECONDS));
        return call.get();
    }

    private CompletableFuture<Answer> send(HttpClient client, ClientRequest request) {
        CompletableFuture<Answer> outcome = new CompletableFuture<>();
        Answered answered =
                new Answered() {
                    @Override
                    public void answered(Answer answer) {
                        outcome.complete(answer);
                    }

                    @Override
                    public void failed(String why) {
                        outcome.completeExceptionally(new IllegalStateException(why));
                    }
                };
        loop.execute(() -> client.send(loop, request, answered));
        return outcome.orTimeout(20, TimeUnit.SECONDS);
    }

    private static String why(CompletableFuture<Answer> outcome) {
        return assertThrows(Exception.class, outcome::get).getCause().getMessage();
    }

    private static HttpClient client(String origin) {
        return new HttpClient(loops, "http://" + origin);
    }

    private static ClientRequest request(String method, String path, Headers headers, String body) {
        return new ClientRequest(
                method, path, headers, body.getBytes(StandardCharsets.UTF_8), 5000, 1000);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class Told implements Streamed {

        private final CountDownLatch first;
        private final CompletableFuture<String> whole;
        private final StringBuilder heard = new StringBuilder();

        Told(CountDownLatch first, CompletableFuture<String> whole) {
            this.first = first;
            this.whole = whole;
        }

        @Override
        public void head(int status, Headers headers) {
            heard.append(status).append(' ');
        }

        @Override
        public void bytes(byte[] part) {
            heard.append(text(part));
            first.countDown();
        }

        @Override
        public void ended(String why) {
            whole.complete(heard + why);
        }
    }
}
