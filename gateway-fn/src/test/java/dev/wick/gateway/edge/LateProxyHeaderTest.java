package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import org.junit.jupiter.api.Test;

/** A PROXY header that does not come, on a listener that goes on without. */
class LateProxyHeaderTest {

    @Test
    void holdsUpNothingElseOnItsLoop() throws Exception {
        String yaml =
                """
                kind: Listener
                name: http
                port: 8080
                proxyProtocol: {allowRequestsWithoutProxyProtocol: true}
                listenerFiltersTimeout: 200ms
                continueOnListenerFiltersTimeout: true
                ---
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: up, timeout: 1s}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """;
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.read(1); // does not answer
                                });
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()));
                RawClient one = new RawClient(edge.port());
                RawClient other = new RawClient(edge.port());
                RawClient late = new RawClient(edge.port());
                RawClient later = new RawClient(edge.port())) {
            one.get("/");
            other.get("/");
            // One on each loop.
            late.send("PRO");
            later.send("PRO");
            // Nothing is read on the loops from then on: the timeouts' answers go by themselves.
            assertTrue(one.response().startsWith("HTTP/1.1 504 "));
            assertTrue(other.response().startsWith("HTTP/1.1 504 "));
        }
    }
}
