package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 clients by prior knowledge, on real sockets. */
class Http2Test {

    private static final String TRAILERS =
            "explicitHttpConfig: {httpProtocolOptions: {enableTrailers: true}}\n";

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int PROTOCOL_ERROR = 1;
    private static final int INTERNAL_ERROR = 2;
    private static final int NO_ERROR = 0;

    @Test
    void aRequestGoesOutAsHttp1AndItsAnswerComesBackAsHttp2() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawHost host = RawHost.recording(heads, OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/a?b", "cookie", "a=1", "te", "trailers", "cookie", "b=2");
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(200, answer.status());
            assertEquals("ok", answer.body.toString());
            assertEquals("wick", answer.headers.get("server"));
            String head = heads.poll(10, TimeUnit.SECONDS);
            assertTrue(head.startsWith("GET /a?b HTTP/1.1\r\nhost: x.test\r\n"), head);
            assertTrue(head.contains("\r\ncookie: a=1; b=2\r\n"), head);
            assertTrue(edge.log(1).get(0).contains("\"GET /a?b HTTP/2\" 200 - 0 2 "));
        }
    }

    @Test
    void aStreamThatWaitsForItsSliceHoldsUpNoneOfItsSiblings() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge =
                        RunningEdge.with(
                                """
                                kind: VirtualHost
                                name: x
                                domains: [x.test, slow.test]
                                routes:
                                  - match: {path: {prefix: /}}
                                    route: {cluster: up}
                                ---
                                kind: Cluster
                                name: up
                                endpoints: [{address: 127.0.0.1, port: %d}]
                                """
                                        .formatted(host.port()));
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            CompletableFuture<Void> drawn = new CompletableFuture<>();
            edge.slow.put("slow.test", drawn);
            int stream = 1;
            // More than a connection's window altogether, were it not opened as bytes come.
            for (int i = 0; i < 20; i++, stream += 2) {
                client.headers(
                        stream,
                        false,
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":path",
                        "/",
                        ":authority",
                        "slow.test");
                for (int part = 0; part < 4; part++) {
                    client.data(stream, new byte[16_000], false);
                }
            }
            client.request(stream, "POST", "/", false);
            client.data(stream, new byte[10_000], true);
            assertEquals("ok", client.answer(stream).body.toString());
            drawn.complete(null);
            client.data(1, new byte[10], true);
            assertEquals("ok", client.answer(1).body.toString());
        }
    }

    @Test
    void whatIsNotReadIsNotReadFromTheHost() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(
                                            "HTTP/1.1 200 OK\r\n"
                                                    + "Content-Length: 1000000000\r\n\r\n");
                                    byte[] part = new byte[100_000];
                                    for (int i = 0; i < 10_000; i++) {
                                        peer.send(part);
                                        sent.addAndGet(part.length);
                                    }
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            long before = -1;
            while (sent.get() != before || before <= 0) {
                before = sent.get();
                Thread.sleep(300);
            }
            assertTrue(
                    before < 30_000_000, before + " octets were read for a client that reads none");
            client.get(3, "/");
            client.reset(1, 8);
            client.window(0, 1_000_000);
            client.window(3, 1_000_000);
            while (client.read().stream() != 3) {
                // Frames of the first stream that were on their way.
            }
        }
    }

    @Test
    void aHostThatIsSlowHoldsUpTheUpload() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    Thread.sleep(5_000);
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.request(1, "POST", "/", false);
            client.read();
            // As long as nothing is consumed no more than the window's 64 KiB may be sent: the rest
            // would
            // be a flow control error. What the socket buffers take is consumed at once, so that
            // some more
            // may be asked for; but not without end.
            long allowed = 64 * 1024;
            long sent = 0;
            client.socket().setSoTimeout(1_000);
            try {
                while (sent < 50_000_000) {
                    while (allowed - sent >= 16_000) {
                        client.data(1, new byte[16_000], false);
                        sent += 16_000;
                    }
                    RawHttp2Client.Frame frame = client.read();
                    if (frame.type() == RawHttp2Client.WINDOW_UPDATE && frame.stream() == 1) {
                        allowed += ByteBuffer.wrap(frame.payload()).getInt();
                    }
                }
            } catch (SocketTimeoutException held) {
                assertTrue(
                        sent < 30_000_000, sent + " octets were taken for a host that reads none");
                return;
            }
            throw new AssertionError(sent + " octets were taken for a host that reads none");
        }
    }

    @Test
    void aResponseCutShortByTheHostResetsTheStream() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            RawHttp2Client.Answer answer = client.answer(1);
            assertFalse(answer.ended);
            assertEquals(INTERNAL_ERROR, answer.reset);
        }
    }

    /** The client objects to a body behind the reset: what came before the fault is dropped. */
    @Test
    void nothingFollowsTheResetOfAResponseThatIsFaultyWithinABatch() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(
                                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                    + "3\r\nabc\r\nfaulty\r\n");
                                    peer.readHead();
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            for (int id = 1; id < 20; id += 2) {
                client.get(id, "/");
                assertTrue(client.answer(id).reset > 0);
            }
        }
    }

    @Test
    void trailersOfTheHostArePassedOn() throws Exception {
        try (RawHost host =
                        RawHost.answering(
                                "HTTP/1.1 200 OK\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + "2\r\n"
                                        + "ab\r\n"
                                        + "0\r\n"
                                        + "X-Sum: 1\r\n\r\n");
                RunningEdge edge = RunningEdge.to(host.port(), "{}", TRAILERS);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals("ab", answer.body.toString());
            assertEquals("1", answer.trailers.get("x-sum"));
        }
    }

    @Test
    void aResponseThatComesBeforeTheRequestIsCompleteEndsTheStreamWithoutError() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send("HTTP/1.1 413 No\r\nContent-Length: 4\r\n\r\nmuch");
                                    peer.readHead();
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.request(1, "POST", "/", false);
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(413, answer.status());
            assertTrue(answer.ended);
            while (answer.reset < 0) {
                client.read();
            }
            assertEquals(NO_ERROR, answer.reset);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection: close",
                "transfer-encoding: chunked",
                "upgrade: websocket",
                "keep-alive: 5",
                "proxy-connection: close",
                "te: gzip",
                ":path: /other",
                ":unknown: 1",
                ":status: 200",
                "Upper: 1",
                "a b: 1",
                "crlf: a\r\nhost: other",
                "nul: a\0b",
                "host: other.test",
                "content-length: 5"
            })
    void forbiddenAndAmbiguousHeadersAreRefused(String field) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawHost host = RawHost.recording(heads, OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            int colon = field.indexOf(':', 1);
            client.get(1, "/", field.substring(0, colon), field.substring(colon + 2));
            assertEquals(PROTOCOL_ERROR, client.answer(1).reset);
            client.get(3, "/good");
            assertEquals(200, client.answer(3).status());
            assertTrue(heads.take().startsWith("GET /good "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nb", "/a#b", "", "/\u00e4"})
    void aPathThatWouldBeAnotherRequestInHttp1IsRefused(String path) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawHost host = RawHost.recording(heads, OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, path);
            assertEquals(PROTOCOL_ERROR, client.answer(1).reset);
            assertEquals(0, host.connections());
        }
    }

    @Test
    void aRequestWithoutAuthorityIsBadAndConnectIsNotFound() throws Exception {
        try (RunningEdge edge = RunningEdge.to(1);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/");
            assertEquals(400, client.answer(1).status());
            client.headers(3, true, ":method", "CONNECT", ":authority", "x.test:80");
            assertEquals(404, client.answer(3).status());
        }
    }

    @Test
    void aResetOfTheClientEndsTheRequestToTheHost() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    asked.complete(null);
                                    ended.complete(peer.readSome(new byte[1]));
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            asked.get(10, TimeUnit.SECONDS);
            client.reset(1, 8);
            assertEquals(-1, ended.get(10, TimeUnit.SECONDS));
            assertTrue(edge.log(1).get(0).contains(" 0 DR "), edge.log(1).toString());
        }
    }

    @Test
    void aFloodOfResetsEndsTheConnection() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            try {
                for (int stream = 1; stream < 2_000; stream += 2) {
                    client.get(stream, "/");
                    client.reset(stream, 8);
                }
            } catch (IOException closed) {
                return;
            }
            client.untilClosed();
            assertEquals(11, client.goAway);
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        CompletableFuture<Void> drawn = new CompletableFuture<>();
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge =
                        RunningEdge.to(
                                host.port(),
                                "{http2ProtocolOptions: {maxConcurrentStreams: 100}}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            edge.slow.put("x.test", drawn);
            client.read();
            client.read();
            for (int i = 0; i < 101; i++) {
                client.get(2 * i + 1, "/");
            }
            assertEquals(7, client.answer(201).reset);
            drawn.complete(null);
            assertEquals(200, client.answer(1).status());
        }
    }
}
