package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import org.junit.jupiter.api.Test;

/** What a listener's options change of HTTP/1. */
class ProtocolOptionsTest {

    private static final String UNFRAMED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    private static final String FRAMED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String KEPT =
            "explicitHttpConfig: {httpProtocolOptions: {enableTrailers: true}}\n";
    private static final String WITH_TRAILERS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";

    @Test
    void http10IsRefusedUnlessAccepted() throws Exception {
        try (RawHost host = RawHost.answering(FRAMED);
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String answer = client.send("GET / HTTP/1.0\r\nHost: x.test\r\n\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.1 426 Upgrade Required\r\n"), answer);
            assertEquals(0, host.connections());
        }
    }

    @Test
    void http10EndsWithItsConnectionUnlessItAsksForMore() throws Exception {
        try (RawHost host = RawHost.answering(FRAMED);
                RunningEdge edge =
                        RunningEdge.to(host.port(), "{httpProtocolOptions: {acceptHttp10: true}}");
                RawClient once = new RawClient(edge.port());
                RawClient kept = new RawClient(edge.port())) {
            String answer = once.send("GET / HTTP/1.0\r\nHost: x.test\r\n\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.0 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nhello"), answer);

            String asks = "GET / HTTP/1.0\r\nHost: x.test\r\nConnection: keep-alive\r\n\r\n";
            assertTrue(kept.send(asks).response().contains("connection: keep-alive"));
            assertTrue(kept.send(asks).response().endsWith("hello"));
            assertTrue(edge.log(3).getFirst().contains("GET / HTTP/1.0"));
        }
    }

    @Test
    void http10HasNoChunks() throws Exception {
        try (RawHost host = RawHost.answering(UNFRAMED);
                RunningEdge edge =
                        RunningEdge.to(host.port(), "{httpProtocolOptions: {acceptHttp10: true}}");
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send(
                                    "GET / HTTP/1.0\r\nHost: x.test\r\n"
                                            + "Connection: keep-alive\r\n\r\n")
                            .rest();
            assertFalse(answer.contains("chunked"), answer);
            assertFalse(answer.contains("keep-alive"), answer);
            assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
        }
    }

    @Test
    void http10WithoutHostHasTheListenersOrNone() throws Exception {
        String named = "{httpProtocolOptions: {acceptHttp10: true, defaultHostForHttp10: x.test}}";
        try (RawHost host = RawHost.answering(FRAMED);
                RunningEdge with = RunningEdge.to(host.port(), named);
                RunningEdge without =
                        RunningEdge.to(host.port(), "{httpProtocolOptions: {acceptHttp10: true}}");
                RawClient one = new RawClient(with.port());
                RawClient other = new RawClient(without.port())) {
            assertTrue(one.send("GET / HTTP/1.0\r\n\r\n").rest().endsWith("hello"));
            String refused = other.send("GET / HTTP/1.0\r\n\r\n").rest();
            assertTrue(refused.startsWith("HTTP/1.0 400 Bad Request\r\n"), refused);
        }
    }

    @Test
    void trailersOfAnswersAreDroppedUnlessEnabled() throws Exception {
        try (RawHost host = RawHost.answering(WITH_TRAILERS);
                RunningEdge without = RunningEdge.to(host.port(), "{}", KEPT);
                RunningEdge with =
                        RunningEdge.to(
                                host.port(),
                                "{httpProtocolOptions: {enableTrailers: true}}",
                                KEPT);
                RawClient one = new RawClient(without.port());
                RawClient other = new RawClient(with.port())) {
            String dropped = one.get("/", "Connection: close").rest();
            assertTrue(dropped.endsWith("5\r\nhello\r\n0\r\n\r\n"), dropped);
            String kept = other.get("/", "Connection: close").rest();
            assertTrue(kept.endsWith("5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n"), kept);
        }
    }

    @Test
    void aHostMayBeAskedWhetherTheClientIsToContinue() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    assertTrue(head.contains("expect: 100-continue\r\n"), head);
                                    peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                                    peer.send("HTTP/1.1 100 Continue\r\n\r\n");
                                    peer.send(FRAMED.replace("hello", peer.read(5)));
                                });
                RunningEdge edge = RunningEdge.to(host.port(), "{proxy100Continue: true}");
                RawClient client = new RawClient(edge.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x.test\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 5\r\n\r\n");
            String hints = client.readHead();
            assertTrue(hints.startsWith("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n"), hints);
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            assertTrue(client.send("world").response().endsWith("world"));
        }
    }
}
