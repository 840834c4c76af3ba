package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Heard;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.RawHttp2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.TcpHost;
import dev.wick.e2e.harness.TunnelHost;
import dev.wick.e2e.harness.WebSocketFrames;
import dev.wick.e2e.harness.WebSocketServer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * WebSockets and CONNECT between HTTP/1.1 and HTTP/2, either on either side; CONNECT that ends
 * here.
 */
class TunnelsTest {

    private static final StoreApi STORE = Store.shared().gateway("tunnels");
    private static final int PATIENCE_MILLIS = 20_000;

    @AutoClose private static final WebSocketServer SOCKETS = new WebSocketServer();
    @AutoClose private static final TunnelHost HTTP2 = new TunnelHost();
    @AutoClose private static final TcpHost PROXY = TcpHost.connecting();
    @AutoClose private static final TcpHost PLAIN = TcpHost.plain();
    @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();
    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(
                """
                kind: Listener
                name: http
                port: 8080
                http:
                  http2ProtocolOptions: {allowConnect: true}
                  upgrades: [{type: websocket}, {type: CONNECT}]
                ---
                kind: VirtualHost
                name: sockets
                domains: [localhost]
                routes:
                  - {match: {path: {prefix: /two}}, route: {cluster: two}}
                  - {match: {path: {prefix: /}}, route: {cluster: sockets}}
                ---
                kind: VirtualHost
                name: to-one
                domains: [one.test]
                routes: [{match: {path: {connectMatcher: {}}}, route: {cluster: proxy}}]
                ---
                kind: VirtualHost
                name: to-two
                domains: [two.test]
                routes: [{match: {path: {connectMatcher: {}}}, route: {cluster: two}}]
                ---
                kind: VirtualHost
                name: ends
                domains: [ends.test]
                routes:
                  - match: {path: {connectMatcher: {}}}
                    route: {cluster: plain, upgrades: [{type: CONNECT, connectConfig: {}}]}
                  - match: {path: {prefix: /}}
                    route:
                      cluster: plain
                      upgrades: [{type: CONNECT, connectConfig: {allowPost: true}}]
                ---
                kind: VirtualHost
                name: told
                domains: [told.test]
                routes:
                  - match: {path: {connectMatcher: {}}}
                    route:
                      cluster: plain
                      upgrades: [{type: CONNECT, connectConfig: {proxyProtocolConfig: {}}}]
                ---
                kind: VirtualHost
                name: away
                domains: [away.test]
                routes:
                  - match: {path: {connectMatcher: {}}}
                    route: {cluster: away, upgrades: [{type: CONNECT, connectConfig: {}}]}
                ---
                kind: Cluster
                name: two
                endpoints: [{address: 127.0.0.1, port: %d}]
                explicitHttpConfig: {http2ProtocolOptions: {}}
                ---
                """
                                .formatted(HTTP2.port())
                        + Documents.cluster("sockets", SOCKETS.port())
                        + Documents.cluster("proxy", PROXY.port())
                        + Documents.cluster("plain", PLAIN.port())
                        + Documents.cluster("away", Ports.free()));
        gateway = Gateway.start(Store.shared(), "tunnels");
    }

    @Test
    void a_web_socket_goes_from_http_1_to_a_host_that_speaks_http_2() throws Exception {
        Heard heard = new Heard();
        WebSocket socket =
                CLIENT.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://localhost:" + gateway.port() + "/two/a"), heard)
                        .join();
        socket.sendText("hello", true).join();
        assertEquals("text hello", heard.next());
        socket.sendPing(ByteBuffer.wrap(new byte[] {'p'})).join();
        assertEquals("pong p", heard.next());
        socket.sendText("x".repeat(5_000), true).join();
        assertEquals("text " + "x".repeat(5_000), heard.next());
        socket.sendClose(4001, "enough").join();
        assertEquals("close 4001 enough", heard.next());
        assertTrue(HTTP2.heard().contains("websocket /two/a"), HTTP2.heard().toString());
        assertTrue(HTTP2.heard().contains("close 4001 enough"), HTTP2.heard().toString());
    }

    /** A WebSocket on one stream of an HTTP/2 connection. */
    private static final class Socket2 implements AutoCloseable {

        private final RawHttp2 connection = RawHttp2.open(gateway.port(), PATIENCE_MILLIS);
        private final WebSocketFrames frames = WebSocketFrames.client();
        private final Deque<WebSocketFrame> came = new ArrayDeque<>();
        private final int stream;
        private int read;

        Socket2(String path) {
            stream =
                    connection.headers(
                            List.of(
                                    new Field(":method", "CONNECT"),
                                    new Field(":protocol", "websocket"),
                                    new Field(":scheme", "http"),
                                    new Field(":path", path),
                                    new Field(":authority", "localhost"),
                                    new Field("sec-websocket-version", "13")),
                            false);
        }

        String status() {
            return connection.awaitHead(stream).heads().getFirst().stream()
                    .filter(field -> field.name().equals(":status"))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }

        void send(WebSocketFrame frame) {
            connection.data(stream, frames.octets(frame), false);
        }

        WebSocketFrame next() {
            while (came.isEmpty()) {
                byte[] body = connection.awaitBody(stream, read + 1).body();
                assertTrue(body.length > read, "the tunnel ended");
                came.addAll(frames.frames(Arrays.copyOfRange(body, read, body.length)));
                read = body.length;
            }
            return came.remove();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static void converse(String path) {
        try (Socket2 socket = new Socket2(path)) {
            assertEquals("200", socket.status());
            socket.send(new TextWebSocketFrame("hello"));
            assertEquals("hello", ((TextWebSocketFrame) socket.next()).text());
            socket.send(new PingWebSocketFrame());
            assertTrue(socket.next() instanceof PongWebSocketFrame);
            socket.send(new CloseWebSocketFrame(4002, "done"));
            CloseWebSocketFrame close = (CloseWebSocketFrame) socket.next();
            assertEquals("4002 done", close.statusCode() + " " + close.reasonText());
        }
    }

    @Test
    void a_web_socket_goes_from_http_2_to_a_host_that_speaks_http_1() {
        converse("/one");
        assertTrue(SOCKETS.heard().contains("close 4002 done"), SOCKETS.heard().toString());
    }

    @Test
    void a_web_socket_goes_from_http_2_to_a_host_that_speaks_http_2() {
        converse("/two/b");
        assertTrue(HTTP2.heard().contains("websocket /two/b"), HTTP2.heard().toString());
        assertTrue(HTTP2.heard().contains("close 4002 done"), HTTP2.heard().toString());
    }

    /** What comes back of a tunnel by HTTP/1.1: after "one", after "two", after the end. */
    private static String tunnel1(String host) {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send("CONNECT " + host + ":443 HTTP/1.1\r\nhost: " + host + ":443\r\n\r\n");
            Http1.Head head = client.head();
            if (head.status() != 200) {
                return head.status() + "";
            }
            client.send("one");
            client.endOutput();
            return client.rest();
        }
    }

    /** The same by HTTP/2. */
    private static String tunnel2(String host) {
        try (RawHttp2 client = RawHttp2.open(gateway.port(), PATIENCE_MILLIS)) {
            int stream =
                    client.headers(
                            List.of(
                                    new Field(":method", "CONNECT"),
                                    new Field(":authority", host + ":443")),
                            false);
            RawHttp2.Incoming answer = client.awaitHead(stream);
            String status = answer.heads().getFirst().getFirst().value();
            if (!status.equals("200")) {
                return status;
            }
            client.data(stream, "one".getBytes(StandardCharsets.US_ASCII), true);
            client.await(stream);
            assertEquals("", answer.reset());
            return new String(answer.body(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void connect_goes_on_between_both_protocols() {
        assertEquals("[one]bye", tunnel1("one.test"));
        assertEquals("[one]bye", tunnel2("one.test"));
        assertEquals("[one]bye", tunnel1("two.test"));
        assertEquals("[one]bye", tunnel2("two.test"));
        assertEquals("CONNECT one.test:443 HTTP/1.1", PROXY.heads().getFirst());
        assertTrue(HTTP2.heard().contains("CONNECT two.test:443"), HTTP2.heard().toString());
    }

    @Test
    void connect_ends_here_and_goes_on_as_plain_tcp() {
        assertEquals("[one]bye", tunnel1("ends.test"));
        assertEquals("[one]bye", tunnel2("ends.test"));
        assertTrue(gateway.awaitLogged("\"ends.test:443\"").contains(" 200 "));
    }

    @Test
    void a_post_is_treated_likewise_where_that_is_allowed() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("POST", "ends.test", "/", "hello");
            assertEquals("200 [hello]bye", reply.status() + " " + reply.text());
        }
    }

    @Test
    void the_host_hears_first_whose_it_is() {
        String came = tunnel1("told.test");
        assertTrue(came.startsWith("[PROXY TCP4 127.0.0.1 127.0.0.1 "), came);
        assertTrue(came.endsWith("one]bye"), came);
    }

    @Test
    void a_host_that_is_away_is_503() {
        assertEquals("503", tunnel1("away.test"));
        assertEquals("503", tunnel2("away.test"));
        assertTrue(gateway.awaitLogged("503 UF").contains("CONNECT"));
    }
}
