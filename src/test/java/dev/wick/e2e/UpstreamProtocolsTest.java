package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Hosts that speak HTTP/2, or what the client speaks, or want to know whose a connection is. The
 * gateway is its own host: what it sends by HTTP/2 it takes by HTTP/2, and sends on by HTTP/1.1.
 */
class UpstreamProtocolsTest {

    private static final StoreApi STORE = Store.shared().gateway("protocols");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream ECHO = Upstream.echo();

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "protocols");
        STORE.apply(
                """
                kind: VirtualHost
                name: protocols
                domains: [protocols.test]
                routes:
                  - match: {path: {prefix: /two/}}
                    route: {cluster: two, prefixRewrite: /}
                  - match: {path: {prefix: /same/}}
                    route: {cluster: same, prefixRewrite: /}
                  - match: {path: {prefix: /}}
                    route: {cluster: echo}
                ---
                kind: Cluster
                name: two
                endpoints: [{address: 127.0.0.1, port: %1$d}]
                explicitHttpConfig: {http2ProtocolOptions: {maxConcurrentStreams: 50}}
                ---
                kind: Cluster
                name: same
                endpoints: [{address: 127.0.0.1, port: %1$d}]
                useDownstreamProtocolConfig: {}
                commonHttpProtocolOptions: {maxRequestsPerConnection: 1}
                ---
                kind: Cluster
                name: echo
                endpoints: [{address: 127.0.0.1, port: %2$d}]
                """
                        .formatted(gateway.port(), ECHO.port()));
    }

    @Test
    void aRequestByHttp1GoesToAHostThatSpeaksHttp2() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("POST", "protocols.test", "/two/a", "hello", "x-a: b");
            assertEquals(200, reply.status());
            assertEquals("hello", reply.text());
        }
        assertEquals("/a", ECHO.last().target());
        assertEquals("b", ECHO.last().field("x-a"));
        assertTrue(counted("cluster.two.upstream_cx_http2_total") >= 1);
    }

    @Test
    void aChunkedBodyBecomesDataAndChunksAgain() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(
                    "POST /two/chunks HTTP/1.1\r\n"
                            + "host: protocols.test\r\n"
                            + "transfer-encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
            assertEquals("abcdefg", client.reply().text());
        }
        assertEquals("chunked", ECHO.last().field("transfer-encoding"));
    }

    @Test
    void requestsByHttp2ShareAConnection() throws Exception {
        try (Http2 client = Http2.open(gateway.port())) {
            assertEquals(200, client.get("protocols.test", "/two/x").status());
            long before = counted("cluster.two.upstream_cx_total");
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.get("protocols.test", "/two/x").status());
            }
            assertEquals(before, counted("cluster.two.upstream_cx_total"));
        }
    }

    @Test
    void hostsAreSpokenToAsTheClientSpeaks() {
        long one = counted("cluster.same.upstream_cx_http1_total");
        assertEquals(200, Http1.get(gateway.port(), "protocols.test", "/same/x").status());
        assertEquals(one + 1, counted("cluster.same.upstream_cx_http1_total"));
        long two = counted("cluster.same.upstream_cx_http2_total");
        try (Http2 client = Http2.open(gateway.port())) {
            assertEquals(200, client.get("protocols.test", "/same/x").status());
        }
        assertEquals(two + 1, counted("cluster.same.upstream_cx_http2_total"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> counted("cluster.same.upstream_cx_max_requests") >= 2);
    }

    @Test
    void aHostIsToldWhoseTheConnectionIs() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> serve(host, first));
            STORE.apply(
                    Documents.host("told", "told.test", "told")
                            + Documents.cluster("told", host.getLocalPort())
                                    .replace("---\n", "proxyProtocol: {version: V1}\n"));
            try (Http1 client = Http1.open(gateway.port())) {
                int port = client.localPort();
                assertEquals(204, client.request("GET", "told.test", "/", "").status());
                assertEquals(
                        "PROXY TCP4 127.0.0.1 127.0.0.1 " + port + " " + gateway.port(),
                        first.get(10, TimeUnit.SECONDS));
            }
        }
    }

    private static void serve(ServerSocket host, CompletableFuture<String> first) {
        try (Socket socket = host.accept();
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            first.complete(in.readLine());
            while (!in.readLine().isEmpty()) {
                // The request's head.
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (in.read() >= 0) {
                // Until the gateway ends it.
            }
        } catch (Exception e) {
            first.completeExceptionally(e);
        }
    }

    private static long counted(String name) {
        return gateway.admin("GET", "/stats")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
