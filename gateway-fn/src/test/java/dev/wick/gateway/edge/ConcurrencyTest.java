package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Adaptive concurrency, with a host that answers when it is told to. */
class ConcurrencyTest {

    private static final String OPTIONS =
            "{adaptiveConcurrency: {gradientControllerConfig: {concurrencyLimitParams:"
                    + " {concurrencyUpdateInterval: 100ms}, minRttCalcParams: {interval: 1h,"
                    + " requestCount: 3, minConcurrency: 1}}%s}}";

    private static final String GAUGES = "envoy_http_adaptive_concurrency_gradient_controller_";

    @Test
    void moreThanMayRunAtOnceIsRefusedUntilOneHasEnded() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    while (peer.readHead() != null) {
                                        asked.countDown();
                                        release.await();
                                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                                    }
                                });
                RunningEdge edge = RunningEdge.to(host.port(), OPTIONS.formatted(""));
                RawClient first = new RawClient(edge.port());
                RawClient second = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            first.get("/");
            asked.await();
            String refused = second.get("/").response();
            assertTrue(refused.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), refused);
            assertTrue(refused.endsWith("\r\n\r\nreached concurrency limit"), refused);
            http2.get(1, "/");
            assertEquals(503, http2.answer(1).status());
            assertEquals(2, edge.metric(GAUGES + "rq_blocked"));
            assertEquals(1, edge.metric(GAUGES + "min_rtt_calculation_active"));
            release.countDown();
            assertTrue(first.response().endsWith("ok"));
            for (int i = 0; i < 3; i++) {
                assertTrue(second.get("/").response().endsWith("ok"));
            }
            assertEquals(0, edge.metric(GAUGES + "min_rtt_calculation_active"));
        }
    }

    @Test
    void aClientThatLeavesMakesRoom() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    if (head.startsWith("GET /never ")) {
                                        asked.complete(null);
                                        peer.readHead();
                                    } else {
                                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                                    }
                                });
                RunningEdge edge =
                        RunningEdge.to(
                                host.port(),
                                OPTIONS.formatted(", concurrencyLimitExceededStatus: 429"));
                RawClient other = new RawClient(edge.port())) {
            try (RawClient leaving = new RawClient(edge.port())) {
                leaving.get("/never");
                asked.join();
                assertTrue(other.get("/").response().startsWith("HTTP/1.1 429 "));
            }
            edge.log(2);
            assertTrue(other.get("/").response().endsWith("ok"));
        }
    }

    @Test
    void withEnabledFalseAnyNumberMayRun() throws Exception {
        try (RawHost host = new RawHost(peer -> peer.readHead());
                RunningEdge edge =
                        RunningEdge.to(host.port(), OPTIONS.formatted(", enabled: false"));
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().contains(" 503 "));
            StringBuilder text = new StringBuilder();
            edge.metrics.prometheus(text);
            assertTrue(text.indexOf("adaptive_concurrency") < 0);
        }
    }
}
