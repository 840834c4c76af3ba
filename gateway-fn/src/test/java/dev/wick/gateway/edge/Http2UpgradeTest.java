package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Upgrades and CONNECT by HTTP/2 (RFC 8441), to hosts that speak HTTP/1.1. */
class Http2UpgradeTest {

    private static final String ALLOWED =
            "{http2ProtocolOptions: {allowConnect: true},"
                    + " upgrades: [{type: websocket}, {type: CONNECT}]}";

    private static final String[] ASKS = {
        ":method", "CONNECT", ":protocol", "websocket", ":scheme", "http",
        ":path", "/chat", ":authority", "x.test", "sec-websocket-version", "13"
    };

    private static RawHost echo(String answer) throws Exception {
        return new RawHost(
                peer -> {
                    String head = peer.readHead();
                    if (head == null) {
                        return;
                    }
                    peer.send(answer + "[" + head.substring(0, head.indexOf('\r')) + "]");
                    if (answer.contains(" 101 ")) {
                        assertTrue(head.contains("\r\nconnection: Upgrade\r\n"), head);
                        assertTrue(head.contains("\r\nupgrade: websocket\r\n"), head);
                        assertTrue(head.contains("\r\nsec-websocket-key: "), head);
                    }
                    byte[] bytes = new byte[1024];
                    int length = peer.readSome(bytes);
                    while (length >= 0) {
                        peer.send("[" + new String(bytes, 0, length, "ISO-8859-1") + "]");
                        length = peer.readSome(bytes);
                    }
                    peer.send("bye");
                });
    }

    private static final String SWITCHES =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: a\r\n\r\n";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void webSocketByExtendedConnectBecomesAnUpgrade() throws Exception {
        try (RawHost host = echo(SWITCHES);
                RunningEdge edge = RunningEdge.to(host.port(), ALLOWED);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.headers(1, false, ASKS);
            client.data(1, octets("one"), false);
            client.data(1, octets(""), true);
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(200, answer.status());
            assertFalse(answer.headers.containsKey("upgrade"));
            assertFalse(answer.headers.containsKey("connection"));
            assertEquals("[GET /chat HTTP/1.1][one]bye", answer.body.toString());
            assertEquals(-1, answer.reset);
            assertEquals(1, edge.metric("envoy_http_downstream_cx_upgrades_total"));
        }
    }

    @Test
    void withoutAllowConnectTheStreamIsReset() throws Exception {
        try (RawHost host = echo(SWITCHES);
                RunningEdge edge = RunningEdge.to(host.port(), "{upgrades: [{type: websocket}]}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.headers(1, false, ASKS);
            assertEquals(1, client.answer(1).reset);
            assertEquals(0, host.connections());
        }
    }

    private static RunningEdge connecting(int port, String listener) throws Exception {
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
                  - match: {path: {regex: ".*"}}
                    directResponse: {status: 418}
                  - match: {path: {connectMatcher: {}}}
                    route: {cluster: up}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """
                        .formatted(listener, port));
    }

    @Test
    void connectGoesToTheHostThatItsRouteNames() throws Exception {
        String answer = "HTTP/1.1 200 Connected\r\nContent-Length: 3\r\n\r\n";
        try (RawHost host = echo(answer);
                RunningEdge edge = connecting(host.port(), ALLOWED);
                RawHttp2Client http2 = new RawHttp2Client(edge.port());
                RawClient http1 = new RawClient(edge.port())) {
            http2.headers(1, false, ":method", "CONNECT", ":authority", "x.test:443");
            http2.data(1, octets("one"), true);
            assertEquals("[CONNECT x.test:443 HTTP/1.1][one]bye", http2.answer(1).body.toString());

            String head =
                    http1.send("CONNECT x.test:443 HTTP/1.1\r\nHost: x.test\r\n\r\n").readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            assertFalse(head.contains("content-length"), head);
            assertEquals("[CONNECT x.test:443 HTTP/1.1]", http1.read(29));
            assertEquals("[two]", http1.send("two").read(5));
            http1.socket().shutdownOutput();
            assertEquals("bye", http1.rest());
        }
    }

    @Test
    void aRefusalOfConnectComesBackWhole() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
                RunningEdge edge = connecting(host.port(), ALLOWED);
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send("CONNECT x.test:443 HTTP/1.1\r\nHost: x.test\r\n\r\nGET / ").rest();
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.endsWith("\r\n\r\nno"), answer);
        }
    }

    @Test
    void connectThatIsNotLetThroughIs403AndWithoutARoute404() throws Exception {
        try (RawHost host = echo("HTTP/1.1 200 OK\r\n\r\n");
                RunningEdge routed = connecting(host.port(), "{}");
                RunningEdge without = RunningEdge.to(host.port(), ALLOWED);
                RawClient one = new RawClient(routed.port());
                RawClient other = new RawClient(without.port())) {
            String asks = "CONNECT x.test:443 HTTP/1.1\r\nHost: x.test:443\r\n\r\n";
            assertTrue(one.send(asks).rest().startsWith("HTTP/1.1 403 "));
            assertTrue(other.send(asks).rest().startsWith("HTTP/1.1 404 "));
            assertEquals(0, host.connections());
        }
    }

    @Test
    void aClientThatEndsAsItAsksIsHeardToHaveEnded() throws Exception {
        String answer = "HTTP/1.1 200 Connected\r\n\r\n";
        try (RawHost upgraded = echo(SWITCHES);
                RawHost connected = echo(answer);
                RunningEdge edge = RunningEdge.to(upgraded.port(), ALLOWED);
                RunningEdge other = connecting(connected.port(), ALLOWED);
                RawHttp2Client one = new RawHttp2Client(edge.port());
                RawHttp2Client two = new RawHttp2Client(other.port())) {
            one.headers(1, true, ASKS);
            assertEquals("[GET /chat HTTP/1.1]bye", one.answer(1).body.toString());
            two.headers(1, true, ":method", "CONNECT", ":authority", "x.test:443");
            assertEquals("[CONNECT x.test:443 HTTP/1.1]bye", two.answer(1).body.toString());
        }
    }

    @Test
    void anUpgradeThatIsCompleteAndNeverAnsweredEndsByTheStreamIdleTimeout() throws Exception {
        try (RawHost silent =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.readHead();
                                });
                RunningEdge edge =
                        RunningEdge.to(
                                silent.port(),
                                "{streamIdleTimeout: 200ms, " + ALLOWED.substring(1));
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.headers(1, true, ASKS);
            assertEquals(504, client.answer(1).status());
            assertTrue(edge.log(1).getFirst().contains(" 504 SI "), edge.log(1).toString());
        }
    }

    /** It would be let through by the path of another, and any 2xx would open the tunnel. */
    @Test
    void connectIsNoProtocol() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                RunningEdge edge = RunningEdge.to(host.port(), ALLOWED);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            String[] asks = ASKS.clone();
            for (String type : new String[] {"CONNECT", "connect"}) {
                asks[3] = type;
                int stream = type.equals("CONNECT") ? 1 : 3;
                client.headers(stream, false, asks);
                assertEquals(1, client.answer(stream).reset);
            }
            assertEquals(0, host.connections());
        }
    }
}
