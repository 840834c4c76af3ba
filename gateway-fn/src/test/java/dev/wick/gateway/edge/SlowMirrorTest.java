package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Copies of requests that are slower than the request itself. */
class SlowMirrorTest {

    private static final int PARTS = 10_000;

    /** So few that no socket on their way is ever full: what waits is joined to larger parts. */
    private static final int AT_ONCE = 100;

    private static RunningEdge edge(int port, int copies) throws Exception {
        return RunningEdge.with(
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /copied}}
                    route: {cluster: up, requestMirrorPolicies: [{cluster: copies}]}
                  - match: {path: {prefix: /}}
                    route: {cluster: copies, timeout: 0s}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                ---
                kind: Cluster
                name: copies
                endpoints: [{address: 127.0.0.1, port: %d}]
                circuitBreakers: {thresholds: [{maxConnections: 1}]}
                """
                        .formatted(port, copies));
    }

    /** What is kept for it costs more than the octets, where they come one by one. */
    @Test
    void aCopyThatIsFarBehindInVerySmallPartsIsGivenUp() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        Semaphore taken = new Semaphore(0);
        try (RawHost up = new RawHost(peer -> count(peer, taken));
                RawHost busy =
                        new RawHost(
                                peer -> {
                                    asked.complete(peer.readHead());
                                    peer.readHead();
                                });
                RunningEdge edge = edge(up.port(), busy.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertTrue(asked.join().startsWith("GET / "));
            client.request(3, "POST", "/copied", false);
            await(taken, 1);
            for (int i = 1; i <= PARTS; i++) {
                client.data(3, new byte[] {'x'}, i == PARTS);
                if (i % AT_ONCE == 0) {
                    await(taken, AT_ONCE);
                }
            }
            assertEquals(Integer.toString(PARTS), client.answer(3).body.toString());
            MetricSet copies = edge.clusters.find("copies").metrics();
            assertEquals(2, copies.value(ClusterMetrics.RQ_PENDING_TOTAL));
            assertEquals(0, copies.value(ClusterMetrics.RQ_PENDING_ACTIVE));
        }
    }

    private static void await(Semaphore taken, int permits) throws Exception {
        assertTrue(taken.tryAcquire(permits, 10, TimeUnit.SECONDS), "the host has not got it");
    }

    /**
     * Answers with how many octets the body had.
     *
     * @param taken has one more for the head, and for each octet of the body
     */
    private static void count(RawHost.Peer peer, Semaphore taken) throws Exception {
        peer.readHead();
        taken.release();
        StringBuilder chunks = new StringBuilder();
        String last = "0\r\n\r\n";
        String octet = peer.read(1);
        while (!octet.isEmpty()
                && chunks.append(octet).indexOf(last, Math.max(0, chunks.length() - 5)) < 0) {
            if (octet.equals("x")) {
                taken.release();
            }
            octet = peer.read(1);
        }
        String count = Long.toString(chunks.chars().filter(c -> c == 'x').count());
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + count);
    }
}
