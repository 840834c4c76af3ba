package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import dev.wick.gateway.upstream.RawHttp2Host;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Heads of hosts' answers, which belong to their connections: whose they are, and until when. */
class AnswerHeadsTest {

    private static final String TO_HTTP2 = "explicitHttpConfig: {http2ProtocolOptions: {}}\n";

    @Test
    void aRedirectThatCannotBeFollowedIsTheClientsWhateverCameMeanwhile() throws Exception {
        String yaml =
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, internalRedirectPolicy: {}}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """;
        BlockingQueue<RawHttp2Host.Call> calls = new LinkedBlockingQueue<>();
        try (RawHttp2Host host = new RawHttp2Host(calls::add);
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()) + TO_HTTP2);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            CompletableFuture<Void> drawn = new CompletableFuture<>();
            edge.slow.put("y.test", drawn);
            client.get(1, "/");
            RawHttp2Host.Call first = next(calls);
            first.head("302", false, "location", "http://y.test/", "x-mine", "first");
            assertEquals(first.id(), next(calls).id()); // given up
            client.get(3, "/");
            next(calls).head("200", false, "x-mine", "second").data("ok", true);
            assertEquals("second", client.answer(3).headers.get("x-mine"));
            drawn.complete(null);
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(302, answer.status());
            assertEquals("first", answer.headers.get("x-mine"));
            assertEquals("http://y.test/", answer.headers.get("location"));
        }
    }

    @Test
    void theLogHasTheFieldsOfAnAnswerWhoseConnectionGoesOnToTheNext() throws Exception {
        CountDownLatch both = new CountDownLatch(1);
        String breakers = "circuitBreakers: {thresholds: [{maxConnections: 1}]}\n";
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    for (int i = 0; peer.readHead() != null; i++) {
                                        if (i > 0) {
                                            both.await(10, TimeUnit.SECONDS);
                                        }
                                        peer.send(
                                                "HTTP/1.1 200 OK\r\nx-mine: "
                                                        + i
                                                        + "\r\nContent-Length: 2\r\n\r\nok");
                                    }
                                });
                RunningEdge edge =
                        RunningEdge.to(
                                host.port(),
                                "{accessLogFormat: {text: '%RESP(x-mine)%'}}",
                                breakers);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals("0", client.answer(1).headers.get("x-mine"));
            client.get(3, "/");
            client.get(5, "/");
            client.frame(6, 0, 0, new byte[8]);
            while (client.read().type() != 6) {
                // Until the answer to the PING, both requests have been taken.
            }
            both.countDown();
            assertEquals("1", client.answer(3).headers.get("x-mine"));
            assertEquals("2", client.answer(5).headers.get("x-mine"));
            assertEquals(List.of("0", "1", "2"), edge.log(3));
        }
    }

    @Test
    void aBodyWhereThereIsNoneIsDropped() throws Exception {
        BlockingQueue<RawHttp2Host.Call> calls = new LinkedBlockingQueue<>();
        try (RawHttp2Host host = new RawHttp2Host(calls::add);
                RunningEdge edge = RunningEdge.to(host.port(), "{}", TO_HTTP2);
                RawHttp2Client client = new RawHttp2Client(edge.port());
                RawClient old = new RawClient(edge.port())) {
            client.request(1, "HEAD", "/", true);
            next(calls).head("200", false).data("none", true);
            client.get(3, "/");
            next(calls).head("204", false).data("none", true);
            assertEquals(200, client.answer(1).status());
            assertEquals(204, client.answer(3).status());
            old.send("HEAD / HTTP/1.1\r\nHost: x.test\r\n\r\n");
            next(calls).head("200", false).data("none", true);
            assertTrue(old.head().startsWith("HTTP/1.1 200 "));
            old.get("/");
            next(calls).head("200", false).data("some", true);
            assertTrue(old.response().endsWith("some"));
            client.get(5, "/");
            next(calls).head("200", false).data("some", true);
            assertEquals("some", client.answer(5).body.toString());
            assertEquals("", client.answer(1).body.toString());
            assertEquals("", client.answer(3).body.toString());
        }
    }

    private static RawHttp2Host.Call next(BlockingQueue<RawHttp2Host.Call> calls) throws Exception {
        RawHttp2Host.Call call = calls.poll(10, TimeUnit.SECONDS);
        assertTrue(call != null, "no call");
        return call;
    }

    @Test
    void trailersFollowAnAnswerInHttp2ThatSaysItIsEmpty() throws Exception {
        try (RawHttp2Host host =
                        new RawHttp2Host(
                                call ->
                                        call.head("200", false, "content-length", "0")
                                                .trailers("grpc-status", "7"));
                RunningEdge edge = RunningEdge.to(host.port(), "{}", TO_HTTP2);
                RawHttp2Client client = new RawHttp2Client(edge.port());
                RawClient http1 = new RawClient(edge.port())) {
            client.get(1, "/");
            assertEquals("7", client.answer(1).trailers.get("grpc-status"));
            String answer = http1.get("/").response();
            assertTrue(answer.contains("\r\ncontent-length: 0\r\n"), answer);
            assertTrue(http1.get("/").response().startsWith("HTTP/1.1 200 "));
        }
    }
}
