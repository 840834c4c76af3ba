package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a header says of the route that was taken. */
class RouteNameTest {

    @Test
    void aNameBeyondAsciiIsSentInOctetsAndBreaksNoField() throws Exception {
        String yaml =
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - name: "a\u010d\u010ax-injected"
                    match: {path: {prefix: /}}
                    route: {cluster: up}
                    requestHeaders: {set: [{name: x-route, value: "%%ROUTE_NAME%%"}]}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """;
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        String ok = "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n";
        try (RawHost host = RawHost.recording(heads, ok);
                RunningEdge edge = RunningEdge.with(yaml.formatted(host.port()));
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 200 "));

            String route =
                    heads.take()
                            .lines()
                            .filter(line -> line.startsWith("x-route: "))
                            .findFirst()
                            .orElse("");
            assertEquals("x-route: a\u00c4\u008d\u00c4\u008ax-injected", route);
        }
    }
}
