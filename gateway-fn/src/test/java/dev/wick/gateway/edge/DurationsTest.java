package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a request may live: by its listener, by its route, by its cluster. */
class DurationsTest {

    private static final String LISTENER = "{commonHttpProtocolOptions: {maxStreamDuration: %s}}";
    private static final String CLUSTER = "commonHttpProtocolOptions: {maxStreamDuration: 100ms}\n";
    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** Answers on /go once the latch is open, and on other paths never. */
    private static RawHost waiting(CountDownLatch latch) throws Exception {
        return new RawHost(
                peer -> {
                    boolean go = ("" + peer.readHead()).startsWith("GET /go");
                    if (go && latch.await(20, TimeUnit.SECONDS)) {
                        peer.send(FINE);
                    }
                    peer.readHead();
                });
    }

    private static long counted(RunningEdge edge, Metric metric) {
        return edge.clusters.find("up").metrics().value(metric);
    }

    @Test
    void aListenerBoundsThem() throws Exception {
        try (RawHost host = waiting(new CountDownLatch(1));
                RunningEdge edge = RunningEdge.to(host.port(), LISTENER.formatted("100ms"));
                RawClient one = new RawClient(edge.port());
                RawHttp2Client two = new RawHttp2Client(edge.port())) {
            String answer = one.get("/").response();
            assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
            assertTrue(answer.endsWith("downstream duration timeout"), answer);
            two.get(1, "/");
            assertEquals(504, two.answer(1).status());
            assertEquals(2, edge.metric("envoy_http_downstream_rq_max_duration_reached"));
        }
    }

    @Test
    void oneThatIsNotCompleteIs408() throws Exception {
        try (RawHost host = waiting(new CountDownLatch(1));
                RunningEdge edge = RunningEdge.to(host.port(), LISTENER.formatted("100ms"));
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send("POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\nab")
                            .rest();
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    /** What began first, on the route, is there still when the listener's bound has passed. */
    @Test
    void whatARouteSaysComesBeforeTheListener() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (RawHost host = waiting(latch);
                RunningEdge edge =
                        RunningEdge.with(
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
                                  - match: {path: {prefix: /go}}
                                    route: {cluster: up, maxStreamDuration: {maxStreamDuration: 0s}}
                                  - match: {path: {prefix: /}}
                                    route: {cluster: up}
                                ---
                                kind: Cluster
                                name: up
                                endpoints: [{address: 127.0.0.1, port: %d}]
                                """
                                        .formatted(LISTENER.formatted("200ms"), host.port()));
                RawClient first = new RawClient(edge.port());
                RawClient second = new RawClient(edge.port())) {
            first.get("/go");
            assertTrue(second.get("/").response().startsWith("HTTP/1.1 504 "));
            latch.countDown();
            assertTrue(first.response().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aClusterBoundsThem() throws Exception {
        try (RawHost host = waiting(new CountDownLatch(1));
                RunningEdge edge = RunningEdge.to(host.port(), "{}", CLUSTER);
                RawClient client = new RawClient(edge.port())) {
            String answer = client.get("/").response();
            assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
            assertTrue(answer.endsWith("upstream max stream duration reached"), answer);
            assertTrue(edge.log(1).getFirst().contains(" 504 UMSDR "), edge.log(1).toString());
            assertEquals(1, counted(edge, ClusterMetrics.RQ_MAX_DURATION_REACHED));
        }
    }

    @Test
    void anAnswerThatTakesLongerThanItsClusterAllowsIsCutOff() throws Exception {
        String begins = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab";
        try (RawHost host = RawHost.answering(begins);
                RunningEdge edge = RunningEdge.to(host.port(), "{}", CLUSTER);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").rest().endsWith("\r\n\r\nab"));
            assertTrue(edge.log(1).getFirst().contains(" 200 UMSDR "), edge.log(1).toString());
        }
    }

    @Test
    void itIsTriedAgainWhereResetsAre() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    if (peer.number() > 1) {
                                        peer.send(FINE);
                                    }
                                    peer.readHead();
                                });
                RunningEdge edge =
                        RunningEdge.with(
                                """
                                kind: Listener
                                name: http
                                port: 8080
                                ---
                                kind: VirtualHost
                                name: x
                                domains: [x.test]
                                routes:
                                  - match: {path: {prefix: /}}
                                    route: {cluster: up, retryPolicy: {retryOn: reset}}
                                ---
                                kind: Cluster
                                name: up
                                endpoints: [{address: 127.0.0.1, port: %d}]
                                """
                                                .formatted(host.port())
                                        + CLUSTER);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 200 "));
        }
    }
}
