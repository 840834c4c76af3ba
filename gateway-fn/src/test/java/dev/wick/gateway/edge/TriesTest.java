package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that are tried several times, by hosts that answer when they are told to. */
class TriesTest {

    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static RunningEdge edge(RawHost host, String route) throws Exception {
        return RunningEdge.with(
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
                    route: {cluster: up, %s}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """
                        .formatted(route, host.port()));
    }

    private static long standingStill(RunningEdge edge) {
        return edge.clusters.find("up").metrics().value(ClusterMetrics.RQ_PER_TRY_IDLE_TIMEOUT);
    }

    @Test
    void anAnswerThatStandsStillIsCutWhereTriesAreHedgedToo() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                                    peer.readHead();
                                });
                RunningEdge edge =
                        edge(
                                host,
                                "hedgePolicy: {hedgeOnPerTryTimeout: true}, retryPolicy: {retryOn:"
                                        + " 5xx, perTryIdleTimeout: 100ms}");
                RawClient client = new RawClient(edge.port())) {
            String answer = client.get("/").rest();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.endsWith("half"), answer);
            assertEquals(1, standingStill(edge));
        }
    }

    @Test
    void aTryThatStandsStillLeavesTheAnswerToTheOneBesideIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    if (peer.number() == 1) {
                                        peer.readHead();
                                        gone.countDown();
                                    } else if (gone.await(20, TimeUnit.SECONDS)) {
                                        peer.send(FINE);
                                        peer.readHead();
                                    }
                                });
                RunningEdge edge =
                        edge(
                                host,
                                "hedgePolicy: {hedgeOnPerTryTimeout: true}, retryPolicy: {retryOn:"
                                        + " 5xx, perTryTimeout: 1s, perTryIdleTimeout: 2s}");
                RawClient client = new RawClient(edge.port())) {
            String answer = client.get("/").response();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals(1, standingStill(edge));
        }
    }

    @Test
    void theLastOfManyTriesGetsTheBodyFromItsBegin() throws Exception {
        int tries = 40;
        CountDownLatch last = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    String body = peer.read(2);
                                    if (peer.number() < tries) {
                                        peer.send("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                                    } else {
                                        last.countDown();
                                        body += peer.read(3);
                                        peer.send(
                                                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                                                        + body);
                                        peer.readHead();
                                    }
                                });
                RunningEdge edge =
                        edge(
                                host,
                                "retryPolicy: {retryOn: 5xx, numRetries: 50, retryBackOff:"
                                        + " {baseInterval: 1ms}, retryHostPredicate:"
                                        + " [{previousHosts: {}}]}");
                RawClient client = new RawClient(edge.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\nab");
            assertTrue(last.await(20, TimeUnit.SECONDS));
            String answer = client.send("cde").response();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.endsWith("\r\n\r\nabcde"), answer);
            assertEquals(tries, host.connections());
        }
    }

    /** What outside asks for would have come first. */
    @Test
    void onlyFromInsideATryIsBoundedByAHeader() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    if (head.startsWith("GET /outside ")
                                            && release.await(20, TimeUnit.SECONDS)) {
                                        peer.send(FINE);
                                    }
                                    peer.readHead();
                                });
                RunningEdge edge =
                        RunningEdge.to(
                                host.port(),
                                "{useRemoteAddress: false, internalAddressConfig: {cidrRanges:"
                                        + " [10.0.0.0/8]}}");
                RawClient outside = new RawClient(edge.port());
                RawClient inside = new RawClient(edge.port())) {
            String bound = "x-envoy-upstream-stream-duration-ms: ";
            outside.get("/outside", "x-forwarded-for: 1.2.3.4", bound + "1");
            String cut =
                    inside.get("/inside", "x-forwarded-for: 10.1.2.3", bound + "300").response();
            assertTrue(cut.endsWith("upstream max stream duration reached"), cut);
            release.countDown();
            assertTrue(outside.response().startsWith("HTTP/1.1 200 "));
        }
    }

    /** The other request's bound begins later, and ends before this answer does. */
    @Test
    void anAnswerThatBeganBeforeItsRequestEndedIsNotBoundedAsATry() throws Exception {
        CountDownLatch whole = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    if (peer.readHead().startsWith("POST ")) {
                                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                                        peer.read(2);
                                        whole.countDown();
                                        later.await(20, TimeUnit.SECONDS);
                                        peer.send("cd");
                                    }
                                    peer.readHead();
                                });
                RunningEdge edge = edge(host, "retryPolicy: {retryOn: 5xx, perTryTimeout: 200ms}");
                RawClient client = new RawClient(edge.port());
                RawClient other = new RawClient(edge.port());
                RawClient another = new RawClient(edge.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 2\r\n\r\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
            client.send("xy");
            assertTrue(whole.await(20, TimeUnit.SECONDS));
            // The same time passes on both loops.
            assertTrue(other.get("/").response().startsWith("HTTP/1.1 504 "));
            assertTrue(another.get("/").response().startsWith("HTTP/1.1 504 "));
            later.countDown();
            assertEquals("abcd", client.read(4));
        }
    }

    @Test
    void anInterimAnswerDoesNotEndTheBoundOfATry() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send("HTTP/1.1 103 Early Hints\r\n\r\n");
                                    peer.readHead();
                                });
                RunningEdge edge =
                        edge(
                                host,
                                "timeout: 0s, retryPolicy: {retryOn: 5xx, perTryTimeout: 100ms}");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 504 "));
            assertEquals(1, host.connections());
        }
    }
}
