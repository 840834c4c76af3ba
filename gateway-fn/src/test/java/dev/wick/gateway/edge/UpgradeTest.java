package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that turn their connection into something else, by HTTP/1. */
class UpgradeTest {

    private static final String WEBSOCKET = "{upgrades: [{type: websocket}]}";

    private static final String ASKS =
            "GET /chat HTTP/1.1\r\nHost: x.test\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n";

    private static final String SWITCHES =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: a\r\n\r\n";

    /** Upgrades, and sends all back, each piece in brackets, until the client has ended. */
    private static RawHost echo() throws IOException {
        return new RawHost(
                peer -> {
                    String head = peer.readHead();
                    if (head == null) {
                        return;
                    }
                    assertTrue(head.contains("\r\nconnection: keep-alive, Upgrade\r\n"), head);
                    assertTrue(head.contains("\r\nupgrade: websocket\r\n"), head);
                    assertTrue(head.contains("\r\nsec-websocket-key: k\r\n"), head);
                    assertFalse(head.contains("transfer-encoding"), head);
                    peer.send(SWITCHES + "hello");
                    byte[] bytes = new byte[1024];
                    int length = peer.readSome(bytes);
                    while (length >= 0) {
                        peer.send("[" + new String(bytes, 0, length, "ISO-8859-1") + "]");
                        length = peer.readSome(bytes);
                    }
                    peer.send("bye");
                });
    }

    @Test
    void bytesGoBothWaysUntilBothHaveEnded() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            String head = client.send(ASKS).readHead();
            assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
            assertTrue(head.contains("\r\nconnection: Upgrade\r\n"), head);
            assertTrue(head.contains("\r\nupgrade: websocket\r\n"), head);
            assertTrue(head.contains("\r\nsec-websocket-accept: a\r\n"), head);
            assertFalse(head.contains("transfer-encoding"), head);
            assertEquals("hello", client.read(5));
            assertEquals("[one]", client.send("one").read(5));
            assertEquals(1, edge.metric("envoy_http_downstream_cx_upgrades_active"));
            assertEquals("[two]", client.send("two").read(5));
            client.socket().shutdownOutput();
            assertEquals("bye", client.rest());
            String line = edge.log(1).getFirst();
            assertTrue(line.contains("\"GET /chat HTTP/1.1\" 101 - 6 18 "), line);
            assertEquals(1, edge.metric("envoy_http_downstream_cx_upgrades_total"));
            assertEquals(0, edge.metric("envoy_http_downstream_cx_upgrades_active"));
        }
    }

    @Test
    void aTunnelThatTheHostEndedFirstIsOverWithItsClient() throws Exception {
        String yaml =
                """
                kind: Listener
                name: http
                port: 8080
                http: {upgrades: [{type: websocket}]}
                ---
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, timeout: 300ms}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """;
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    if (head != null && head.contains("upgrade")) {
                                        peer.send(SWITCHES);
                                        peer.socket().shutdownOutput();
                                    }
                                    peer.read(1);
                                });
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()));
                RawClient client = new RawClient(edge.port());
                RawClient other = new RawClient(edge.port());
                RawClient another = new RawClient(edge.port())) {
            client.send(ASKS).readHead();
            assertEquals("", client.rest());
            client.socket().shutdownOutput();
            edge.log(1);
            // The same time passes on both loops.
            assertTrue(other.get("/").response().startsWith("HTTP/1.1 504 "));
            assertTrue(another.get("/").response().startsWith("HTTP/1.1 504 "));
            assertEquals(0, edge.metric("envoy_http_downstream_rq_active"));
        }
    }

    @Test
    void aHostThatEndsFirstStillHearsTheClient() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(SWITCHES);
                                    peer.socket().shutdownOutput();
                                    assertEquals("last", peer.read(4));
                                    assertEquals("", peer.read(1));
                                });
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS).readHead();
            assertEquals(-1, client.socket().getInputStream().read());
            client.send("last");
            client.socket().shutdownOutput();
            assertTrue(edge.log(1).getFirst().contains(" 101 - 4 0 "), edge.log(1).toString());
        }
    }

    @Test
    void whatIsSentAheadWaitsForTheHostToAgree() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.socket().setSoTimeout(150);
                                    boolean silent = false;
                                    try {
                                        peer.read(1);
                                    } catch (java.net.SocketTimeoutException nothing) {
                                        silent = true;
                                    }
                                    peer.socket().setSoTimeout(0);
                                    peer.send(SWITCHES + silent);
                                    peer.send(peer.read(5));
                                });
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS + "early").readHead();
            assertEquals("trueearly", client.rest().substring(0, 9));
        }
    }

    @Test
    void whereTheHostDeclinesNothingThatFollowsIsARequest() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send(ASKS + "GET /smuggled HTTP/1.1\r\nHost: x.test\r\n\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.contains("\r\nconnection: close\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nno"), answer);
            assertEquals(1, edge.log(1).size());
            assertEquals(1, edge.metric("envoy_http_downstream_rq_total"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{upgrades: [{type: websocket, enabled: false}]}",
                "{upgrades: [{type: other}]}"
            })
    void anUpgradeThatIsNotLetThroughIs403(String options) throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient client = new RawClient(edge.port())) {
            String answer = client.send(ASKS).rest();
            assertTrue(answer.startsWith("HTTP/1.1 403 Forbidden\r\n"), answer);
            assertTrue(answer.contains("\r\nconnection: close\r\n"), answer);
            assertEquals(0, host.connections());
            assertEquals(1, edge.metric("envoy_http_downstream_rq_ws_on_non_ws_route"));
        }
    }

    /** It would be let through by the path of another, and any 2xx would open the tunnel. */
    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "connect"})
    void anUpgradeToConnectIsNone(String type) throws Exception {
        String may = "[{type: CONNECT}]";
        try (RawHost host = RawHost.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                RunningEdge edge = routed(host.port(), "{upgrades: " + may + "}", may);
                RawClient client = new RawClient(edge.port())) {
            String asks = ASKS.replace("Upgrade: websocket", "Upgrade: " + type);
            String answer = client.send(asks).rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
            assertEquals(0, host.connections());
        }
    }

    private static RunningEdge routed(int port, String listener, String route) throws Exception {
        return RunningEdge.with(
                """
                kind: Listener
                name: http
                port: 8080
                http: %s
                ---
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, upgrades: %s}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """
                        .formatted(listener, route, port));
    }

    @Test
    void aRouteComesBeforeItsListenerBothWays() throws Exception {
        try (RawHost host = echo();
                RunningEdge on = routed(host.port(), "{}", "[{type: WebSocket}]");
                RunningEdge off =
                        routed(host.port(), WEBSOCKET, "[{type: websocket, enabled: false}]");
                RawClient one = new RawClient(on.port());
                RawClient other = new RawClient(off.port())) {
            assertTrue(one.send(ASKS).readHead().startsWith("HTTP/1.1 101 "));
            assertTrue(other.send(ASKS).rest().startsWith("HTTP/1.1 403 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"})
    void anUpgradeHasNoBody(String framing) throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            String asks = ASKS.replace("Sec-WebSocket-Key: k\r\n", framing);
            String answer = client.send(asks + "5\r\nhello\r\n0\r\n\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 ") || answer.contains(" 501 "), answer);
            assertEquals(0, host.connections());
        }
    }

    @Test
    void aHostMaySwitchOnlyWhenAsked() throws Exception {
        try (RawHost host = RawHost.answering(SWITCHES);
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 502 "));
        }
    }

    @Test
    void aClientThatLeavesTakesTheHostsConnectionWithIt() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port(), WEBSOCKET)) {
            try (RawClient client = new RawClient(edge.port())) {
                client.send(ASKS).readHead();
                client.socket().setSoLinger(true, 0);
            }
            assertTrue(edge.log(1).getFirst().contains(" 101 DC "), edge.log(1).toString());
        }
    }

    /** That the host is gone is found by writing to it, when the client has not ended. */
    @Test
    void aTunnelWhoseHostIsGoneEndsWithItsClient() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(SWITCHES);
                                });
                RunningEdge edge =
                        RunningEdge.to(
                                host.port(),
                                "{upgrades: [{type: websocket}], delayedCloseTimeout: 60s}");
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS).readHead();
            assertEquals(-1, client.socket().getInputStream().read());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (edge.metric("envoy_http_downstream_rq_active") > 0) {
                assertTrue(System.nanoTime() < end, "the request still runs");
                client.send("x");
                Thread.sleep(20); // the host's refusal of the last one is on its way
            }
            client.socket().shutdownOutput();
            while (edge.metric("envoy_http_downstream_cx_active") > 0) {
                assertTrue(System.nanoTime() < end, "the connection is still there");
                Thread.sleep(20); // the client's end is on its way
            }
        }
    }
}
