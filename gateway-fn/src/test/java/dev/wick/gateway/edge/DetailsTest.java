package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the access log says of how requests ended, and what is counted of answers. */
class DetailsTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";

    private static RunningEdge edge(RawHost host, String http, String route) throws Exception {
        return RunningEdge.with(
                """
                kind: Listener
                name: http
                port: 8080
                http:
                  accessLogFormat: {text: "%%RESPONSE_CODE_DETAILS%% %%RESPONSE_FLAGS%%"}
                  %s
                ---
                kind: VirtualHost
                name: x
                domains: [x.test]
                routes:
                  - match: {path: {prefix: /away}}
                    redirect: {path: /}
                  - match: {path: {prefix: /}}
                    route: {cluster: up%s}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                """
                        .formatted(http, route, host.port()));
    }

    /** Says that much, and no more. */
    private static RawHost saying(String answer) throws IOException {
        return new RawHost(
                peer -> {
                    peer.readHead();
                    peer.send(answer);
                    peer.readHead();
                });
    }

    private static void assertLogged(String expected, RunningEdge edge) throws Exception {
        assertEquals(expected, edge.log(1).getFirst());
    }

    @Test
    void aClientThatIsGone() throws Exception {
        try (RawHost host = saying(HALF);
                RunningEdge edge = edge(host, "", "")) {
            try (RawClient client = new RawClient(edge.port())) {
                client.get("/").readHead();
            }
            assertLogged("downstream_remote_disconnect DC", edge);
        }
    }

    @Test
    void aRequestThatItsClientReset() throws Exception {
        try (RawHost host = saying("");
                RunningEdge edge = edge(host, "", "");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            client.reset(1, 8);
            assertLogged("http2.remote_reset DR", edge);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", timeout: 100ms | response_timeout UT",
                ", timeout: 0s, idleTimeout: 100ms | stream_idle_timeout SI",
                ", maxStreamDuration: {maxStreamDuration: 100ms} | max_duration_timeout -",
                ", retryPolicy: {perTryIdleTimeout: 100ms} | upstream_per_try_idle_timeout UT",
            })
    void anAnswerThatStandsStill(String route, String expected) throws Exception {
        try (RawHost host = saying(HALF);
                RunningEdge edge = edge(host, "", route);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").rest().startsWith("HTTP/1.1 200 "));
            assertLogged(expected, edge);
        }
    }

    @Test
    void anAnswerThatItsHostDoesNotComplete() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(HALF);
                                });
                RunningEdge edge = edge(host, "", "");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").rest().startsWith("HTTP/1.1 200 "));
            assertLogged("upstream_reset_after_response_started{connection_termination} UC", edge);
        }
    }

    @Test
    void theLastOfTriesThatTookTooLong() throws Exception {
        try (RawHost host = saying("");
                RunningEdge edge =
                        edge(host, "", ", retryPolicy: {retryOn: 5xx, perTryTimeout: 50ms}");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().startsWith("HTTP/1.1 504 "));
            assertLogged("upstream_per_try_timeout URX,UT", edge);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | http1.codec_error DPE",
                "GET / HTTP/1.0 | low_version DPE",
                "GET / HTTP/1.1 | missing_host_header -",
                "GET /#a HTTP/1.1;Host: x.test | path_normalization_failed -",
                "GET / HTTP/1.1;Host: a b | http.invalid_authority DPE",
                "GET / HTTP/1.1;Host: x.test;a b: 1 | http1.codec_error DPE",
                "GET / HTTP/1.1;Host: x.test;a: \u0001b | http1.invalid_characters DPE",
                "GET / HTTP/1.1;Host: x.test;a_b: 1 | http1.unexpected_underscore DPE",
                "GET / HTTP/1.1;Host: x.test;Content-Length: 1;Transfer-Encoding: chunked"
                        + " | http1.content_length_and_chunked_not_allowed DPE",
            })
    void aRequestThatIsNone(String lines, String expected) throws Exception {
        try (RawHost host = saying("");
                RunningEdge edge = edge(host, "", "");
                RawClient client = new RawClient(edge.port())) {
            client.send(lines.replace(";", "\r\n") + "\r\n\r\n").rest();
            assertLogged(expected, edge);
        }
    }

    @Test
    void aRedirectIsCountedAsADirectResponse() throws Exception {
        try (RawHost host = saying("");
                RunningEdge edge = edge(host, "", "");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/away").head().startsWith("HTTP/1.1 301 "));
            assertEquals(1, edge.metric("envoy_http_rq_direct_response"));
            assertEquals(0, edge.metric("envoy_http_rq_redirect"));
        }
    }

    @Test
    void theSecondOfTwoThatSayContinueIsDroppedAndTheFirstCounted() throws Exception {
        try (RawHost host =
                        saying(
                                "HTTP/1.1 100 Continue\r\n\r\n".repeat(2)
                                        + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RunningEdge edge = edge(host, "proxy100Continue: true", "");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").readHead().startsWith("HTTP/1.1 100 "));
            assertTrue(client.response().startsWith("HTTP/1.1 200 "));
            edge.log(1);
            assertEquals(2, edge.metric("envoy_http_downstream_rq_completed"));
            assertEquals(1, interim(edge));
        }
    }

    @Test
    void whatTheGatewaySaysItselfToAClientThatWaitsIsCounted() throws Exception {
        try (RawHost host = saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RunningEdge edge = edge(host, "", "");
                RawClient client = new RawClient(edge.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x.test\r\n");
            client.send("Expect: 100-continue\r\nContent-Length: 1\r\n\r\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 100 "));
            assertTrue(client.send("x").response().startsWith("HTTP/1.1 200 "));
            assertEquals(1, interim(edge));
        }
    }

    private static long interim(RunningEdge edge) throws Exception {
        return edge.metric("envoy_http_downstream_rq_xx{envoy_response_code_class=\"1\"");
    }
}
