package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 clients, on real sockets. */
class Http1Test {

    /** Answers with what it was asked, head and body. */
    private static RawHost echo() throws Exception {
        return new RawHost(
                peer -> {
                    String head = peer.readHead();
                    while (head != null) {
                        int at = head.indexOf("content-length: ");
                        String body =
                                at < 0
                                        ? ""
                                        : peer.read(
                                                Integer.parseInt(
                                                        head.substring(
                                                                at + 16, head.indexOf('\r', at))));
                        String answer = head + body;
                        peer.send(
                                "HTTP/1.1 200 OK\r\n"
                                    + "Server: host\r\n"
                                    + "X-Up: 1\r\n"
                                    + "Connection: x-hop\r\n"
                                    + "X-Hop: 1\r\n"
                                    + "Content-Length: "
                                        + answer.length()
                                        + "\r\n\r\n"
                                        + (head.startsWith("HEAD") ? "" : answer));
                        head = peer.readHead();
                    }
                });
    }

    @Test
    void aRequestGoesToItsClusterAndItsAnswerComesBack() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/a?b=c", "User-Agent: test").response();
            assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
            assertTrue(response.contains("\r\nx-up: 1\r\n"), response);
            assertTrue(response.contains("\r\nserver: wick\r\n"), response);
            assertTrue(response.contains("\r\ndate: "), response);
            assertTrue(response.contains("\r\nx-envoy-upstream-service-time: "), response);
            assertTrue(!response.contains("x-hop"), response);
            List<String> sent =
                    response.substring(response.indexOf("\r\n\r\n") + 4).lines().toList();
            assertEquals("GET /a?b=c HTTP/1.1", sent.get(0));
            assertTrue(sent.contains("host: x.test"), sent.toString());
            assertTrue(sent.contains("x-forwarded-for: 127.0.0.1"), sent.toString());
            assertTrue(sent.contains("x-forwarded-proto: http"), sent.toString());
            assertTrue(sent.contains("x-envoy-expected-rq-timeout-ms: 15000"), sent.toString());
        }
    }
}
