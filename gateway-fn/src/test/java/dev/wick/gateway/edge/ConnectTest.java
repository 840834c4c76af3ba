package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.upstream.RawHost;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** CONNECT that ends at the gateway: what it carries goes to a host by plain TCP. */
class ConnectTest {

    private static final String ASKS = "CONNECT x.test:443 HTTP/1.1\r\nHost: x.test:443\r\n\r\n";
    private static final int LARGE = 6 << 20;

    private static RunningEdge ending(int port, String connect, String http) throws Exception {
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
                  - match: {path: {connectMatcher: {}}}
                    route: {cluster: up, upgrades: [{type: CONNECT, connectConfig: %s}]}
                  - match: {path: {prefix: /}}
                    route: {cluster: up, upgrades: [{type: CONNECT, connectConfig: %s}]}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """
                        .formatted(http, connect, connect, port));
    }

    private static RunningEdge ending(int port) throws Exception {
        return ending(port, "{}", "{http2ProtocolOptions: {allowConnect: true}}");
    }

    /** Gives back what comes, with brackets around it, and says bye at its end. */
    private static RawHost echo() throws Exception {
        return new RawHost(
                peer -> {
                    byte[] bytes = new byte[1024];
                    int length = peer.readSome(bytes);
                    while (length >= 0) {
                        peer.send("[" + new String(bytes, 0, length, "ISO-8859-1") + "]");
                        length = peer.readSome(bytes);
                    }
                    peer.send("bye");
                });
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long counted(RunningEdge edge, Metric metric) {
        return edge.clusters.find("up").metrics().value(metric);
    }

    @Test
    void whatConnectCarriesGoesToTheHostAsItIs() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            String head = client.send(ASKS).readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            assertFalse(head.contains("transfer-encoding"), head);
            assertFalse(head.contains("content-length"), head);
            assertEquals("[one]", client.send("one").read(5));
            assertEquals("[two]", client.send("two").read(5));
            client.socket().shutdownOutput();
            assertEquals("bye", client.rest());
            assertTrue(edge.log(1).getFirst().contains("\"CONNECT "), edge.log(1).toString());
            assertEquals(1, counted(edge, ClusterMetrics.RQ_TOTAL));
            assertEquals(0, counted(edge, ClusterMetrics.RQ_ACTIVE));
            assertEquals(1, counted(edge, ClusterMetrics.RQ_COMPLETED));
        }
    }

    @Test
    void byHttp2DataIsWhatItCarries() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.headers(1, false, ":method", "CONNECT", ":authority", "x.test:443");
            client.data(1, octets("one"), true);
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(200, answer.status());
            assertEquals("[one]bye", answer.body.toString());
            assertEquals(-1, answer.reset);
        }
    }

    @Test
    void aHostThatSpeaksFirstIsHeard() throws Exception {
        try (RawHost host = new RawHost(peer -> peer.send("220 ready"));
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
            assertEquals("220 ready", client.read(9));
        }
    }

    @Test
    void whatIsSentBeforeTheAnswerIsKept() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.send(ASKS + "GET / ").readHead().startsWith("HTTP/1.1 200 "));
            assertEquals("[GET / ]", client.read(8));
        }
    }

    @Test
    void aHostThatHasEndedHearsTheClientToItsEnd() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.send("all");
                                    peer.socket().shutdownOutput();
                                    heard.complete(
                                            new String(
                                                    peer.socket().getInputStream().readAllBytes(),
                                                    StandardCharsets.US_ASCII));
                                });
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            assertEquals("all", client.rest());
            client.send("x".repeat(100_000));
            client.send("late").socket().shutdownOutput();
            assertEquals("x".repeat(100_000) + "late", heard.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aHostThatCannotBeConnectedToIs503() throws Exception {
        int free;
        try (ServerSocket none = new ServerSocket(0)) {
            free = none.getLocalPort();
        }
        try (RunningEdge edge = ending(free);
                RawClient one = new RawClient(edge.port());
                RawHttp2Client two = new RawHttp2Client(edge.port())) {
            String answer = one.send(ASKS).rest();
            assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), answer);
            assertTrue(answer.endsWith("remote connection failure"), answer);
            assertTrue(edge.log(1).getFirst().contains(" 503 UF "), edge.log(1).toString());
            two.headers(1, false, ":method", "CONNECT", ":authority", "x.test:443");
            assertEquals(503, two.answer(1).status());
        }
    }

    @Test
    void aHostThatBreaksOffEndsItForTheClient() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.send("part");
                                    peer.read(3);
                                    peer.reset();
                                });
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            assertEquals("part", client.read(4));
            client.send("end");
            client.rest();
            assertTrue(edge.log(1).getFirst().contains(" 200 UC "), edge.log(1).toString());
        }
    }

    @Test
    void theHostIsToldFirstWhoseItIs() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port(), "{proxyProtocolConfig: {}}", "{}");
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            String line =
                    "PROXY TCP4 127.0.0.1 127.0.0.1 "
                            + client.socket().getLocalPort()
                            + " "
                            + edge.port()
                            + "\r\n";
            assertEquals("[" + line + "]", client.read(line.length() + 2));
        }
    }

    @Test
    void version2OfThatIsBinary() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge =
                        ending(host.port(), "{proxyProtocolConfig: {version: V2}}", "{}");
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            String header = client.read(30);
            assertTrue(header.startsWith("[\r\n\r\n\0\r\nQUIT\n\41\21\0\14"), header);
            assertEquals(
                    client.socket().getLocalPort(), header.charAt(25) << 8 | header.charAt(26));
        }
    }

    @Test
    void aPostIsTreatedLikewiseWhereThatIsAllowed() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port(), "{allowPost: true}", "{}");
                RawClient client = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            String answer =
                    client.send(
                                    "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\n"
                                            + "hello")
                            .response();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\n[hello]bye"), answer);
            http2.request(1, "POST", "/", false);
            http2.data(1, octets("again"), true);
            assertEquals("[again]bye", http2.answer(1).body.toString());
        }
    }

    @Test
    void aPostIsHttpWhereThatIsNotAllowed() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
                RunningEdge edge = ending(host.port(), "{}", "{}");
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send("POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 0\r\n\r\n")
                            .response();
            assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
        }
    }

    @Test
    void whoIsSlowHoldsUpTheOtherSideAndLosesNothing() throws Exception {
        byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.send(large);
                                    peer.socket().shutdownOutput();
                                    heard.complete(peer.socket().getInputStream().readAllBytes());
                                });
                RunningEdge edge = ending(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            // Neither reads before it has sent all: what does not fit waits in the gateway's
            // pauses.
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    client.send(large).socket().shutdownOutput();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            ByteArrayOutputStream came = new ByteArrayOutputStream();
            client.socket().getInputStream().transferTo(came);
            sent.get(20, TimeUnit.SECONDS);
            assertArrayEquals(large, came.toByteArray());
            assertArrayEquals(large, heard.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aTunnelInWhichNothingMovesEnds() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = ending(host.port(), "{}", "{streamIdleTimeout: 200ms}");
                RawClient client = new RawClient(edge.port())) {
            client.send(ASKS);
            client.readHead();
            client.rest();
            assertTrue(edge.log(1).getFirst().contains(" 200 SI "), edge.log(1).toString());
            assertEquals(0, counted(edge, ClusterMetrics.RQ_ACTIVE));
        }
    }
}
