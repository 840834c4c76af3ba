package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Heard;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.WebSocketServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JDK's WebSocket client to Netty's server: fragments, PING and PONG, codes of the close. */
class WebSocketTest {

    private static final StoreApi STORE = Store.shared().gateway("websocket");

    @AutoClose private static final WebSocketServer SERVER = new WebSocketServer();
    @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();
    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(
                """
                kind: Listener
                name: http
                port: 8080
                http: {upgrades: [{type: websocket}]}
                ---
                kind: VirtualHost
                name: ws
                domains: [localhost]
                routes:
                  - match: {path: {prefix: /off}}
                    route: {cluster: ws, upgrades: [{type: websocket, enabled: false}]}
                  - match: {path: {prefix: /}}
                    route: {cluster: ws, timeout: 1ms}
                ---
                """
                        + Documents.cluster("ws", SERVER.port()));
        gateway = Gateway.start(Store.shared(), "websocket");
    }

    private static WebSocket open(String path, Heard heard) {
        return CLIENT.newWebSocketBuilder()
                .subprotocols("chat")
                .buildAsync(URI.create("ws://localhost:" + gateway.port() + path), heard)
                .join();
    }

    @Test
    void messages_and_their_fragments_go_both_ways() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open("/", heard);
        assertEquals("chat", socket.getSubprotocol());
        socket.sendText("whole", true).join();
        assertEquals("text whole", heard.next());
        socket.sendText("one, ", false).join();
        socket.sendText("two, ", false).join();
        socket.sendText("three", true).join();
        assertEquals("text+ one, ", heard.next());
        assertEquals("text+ two, ", heard.next());
        assertEquals("text three", heard.next());
        socket.sendBinary(ByteBuffer.allocate(300_000), true).join();
        int left = 300_000;
        while (left > 0) {
            String part = heard.next();
            assertTrue(part.startsWith("binary"), part);
            left -= Integer.parseInt(part.substring(part.indexOf(' ') + 1));
        }
        socket.abort();
    }

    @Test
    void a_ping_of_either_side_is_answered_by_the_other() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open("/", heard);
        socket.sendPing(ByteBuffer.wrap(new byte[] {'c'})).join();
        assertEquals("pong c", heard.next());
        socket.sendText("ping", true).join();
        assertEquals("ping p", heard.next());
        await().until(() -> SERVER.heard().contains("pong p"));
        socket.abort();
    }

    @Test
    void the_code_of_a_close_reaches_the_other_side() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open("/", heard);
        socket.sendClose(4001, "enough").join();
        assertEquals("close 4001 enough", heard.next());
        assertTrue(SERVER.heard().contains("close 4001 enough"));

        Heard other = new Heard();
        open("/", other).sendText("close 1013", true).join();
        assertEquals("close 1013 asked", other.next());
    }

    /** The route's timeout is 1 ms: it ends requests, not what they have become. */
    @Test
    void no_route_timeout_ends_it() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open("/", heard);
        for (int i = 0; i < 20; i++) {
            socket.sendText("m" + i, true).join();
            assertEquals("text m" + i, heard.next());
        }
        socket.abort();
    }

    @Test
    void where_it_is_not_let_through_the_answer_is_403() {
        CompletionException refused =
                assertThrows(CompletionException.class, () -> open("/off", new Heard()));
        WebSocketHandshakeException why = (WebSocketHandshakeException) refused.getCause();
        assertEquals(403, why.getResponse().statusCode());
    }
}
