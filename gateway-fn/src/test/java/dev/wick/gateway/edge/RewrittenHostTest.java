package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Hosts that see their own name, in each try. */
class RewrittenHostTest {

    @Test
    void aPathKeepsItsFirstSlashWhateverAnExpressionLeavesOfIt() throws Exception {
        String yaml =
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, regexRewrite: {pattern: "^/api", substitution: ""}}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """;
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    for (String head = peer.readHead();
                                            head != null;
                                            head = peer.readHead()) {
                                        heads.add(head.substring(0, head.indexOf("\r\n")));
                                        peer.send("HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n");
                                    }
                                });
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()));
                RawClient client = new RawClient(edge.port())) {
            for (String path :
                    new String[] {"/api", "/api?q=1", "/apihttp:x", "/api/x", "/other"}) {
                assertTrue(client.get(path).response().startsWith("HTTP/1.1 200 "));
            }
            assertEquals("GET / HTTP/1.1", heads.take());
            assertEquals("GET /?q=1 HTTP/1.1", heads.take());
            assertEquals("GET /http:x HTTP/1.1", heads.take());
            assertEquals("GET /x HTTP/1.1", heads.take());
            assertEquals("GET /other HTTP/1.1", heads.take());
        }
    }

    @Test
    void whatTheClientAskedForIsToldInEachTry() throws Exception {
        String yaml =
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, autoHostRewrite: true, appendXForwardedHost: true, retryPolicy: {retryOn: 5xx}}
                ---
                kind: Cluster
                name: up
                dnsLookupFamily: V4_ONLY
                endpoints: [{address: localhost, port: %d}]
                """;
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    for (String head = peer.readHead();
                                            head != null;
                                            head = peer.readHead()) {
                                        heads.add(head);
                                        String status = heads.size() == 1 ? "503" : "200";
                                        peer.send(
                                                "HTTP/1.1 "
                                                        + status
                                                        + " x\r\nContent-Length: 0\r\n\r\n");
                                    }
                                });
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()));
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 200 "));
            String first = heads.poll(10, TimeUnit.SECONDS);
            String second = heads.poll(10, TimeUnit.SECONDS);
            for (String head : new String[] {first, second}) {
                assertTrue(head.contains("\r\nhost: localhost\r\n"), head);
                assertTrue(head.contains("\r\nx-envoy-original-host: x.test\r\n"), head);
                assertTrue(head.contains("\r\nx-forwarded-host: x.test\r\n"), head);
            }
            assertEquals(0, heads.size());
        }
    }
}
