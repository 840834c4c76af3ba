package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    private static final int BRIEF = Ports.free();

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream ECHO = Upstream.echo();

    @AutoClose
    private static final Upstream SHOUTING = Upstream.answering(UpstreamProtocolsTest::shout);

    @AutoClose private static final ServerSocket SILENT = silent();

    @BeforeAll
    static void start() {
        STORE.apply(
                """
                kind: Listener
                name: http
                port: 8080
                http:
                  httpProtocolOptions:
                    headerKeyFormat: {statefulFormatter: {preserveCase: {}}}
                ---
                kind: Listener
                name: brief
                address: 127.0.0.1
                port: %d
                http: {commonHttpProtocolOptions: {maxStreamDuration: 200ms}}
                """
                        .formatted(BRIEF));
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
                  - {match: {path: {prefix: /kept}}, route: {cluster: kept}}
                  - {match: {path: {prefix: /words}}, route: {cluster: words}}
                  - {match: {path: {prefix: /silent}}, route: {cluster: silent}}
                  - {match: {path: {prefix: /brief}}, route: {cluster: brief}}
                  - match: {path: {prefix: /}}
                    route: {cluster: echo}
                ---
                kind: Cluster
                name: kept
                endpoints: [{address: 127.0.0.1, port: %3$d}]
                explicitHttpConfig:
                  httpProtocolOptions:
                    headerKeyFormat: {statefulFormatter: {preserveCase: {forwardReasonPhrase: true}}}
                ---
                kind: Cluster
                name: words
                endpoints: [{address: 127.0.0.1, port: %3$d}]
                explicitHttpConfig: {httpProtocolOptions: {headerKeyFormat: {properCaseWords: {}}}}
                ---
                kind: Cluster
                name: silent
                endpoints: [{address: 127.0.0.1, port: %4$d}]
                ---
                kind: Cluster
                name: brief
                endpoints: [{address: 127.0.0.1, port: %4$d}]
                commonHttpProtocolOptions: {maxStreamDuration: 200ms}
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
                        .formatted(
                                gateway.port(),
                                ECHO.port(),
                                SHOUTING.port(),
                                SILENT.getLocalPort()));
    }

    /** Takes connections and says nothing. */
    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shout(Exchange exchange) throws IOException {
        exchange.send("HTTP/1.1 200 Loud\r\nX-SHOUTED: 1\r\nContent-LENGTH: 2\r\n\r\nok");
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::name).toList();
    }

    @Test
    void namesOfHeadersGoOnAsTheyCame() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("GET", "protocols.test", "/kept", "", "X-mIxEd: 1");
            assertEquals("Loud", reply.reason());
            assertTrue(names(reply.fields()).contains("X-SHOUTED"), reply.fields().toString());
            assertTrue(names(reply.fields()).contains("Content-LENGTH"));
        }
        List<String> names = names(SHOUTING.last().fields());
        assertTrue(names.contains("X-mIxEd"), names.toString());
        assertTrue(names.contains("x-forwarded-proto"), names.toString());
    }

    @Test
    void namesHaveCapitalsWhereAHostWantsThem() {
        try (Http2 client = Http2.open(gateway.port())) {
            Reply reply = client.get("protocols.test", "/words", "x-mixed: 1");
            assertEquals("1", reply.field("x-shouted"));
        }
        List<String> names = names(SHOUTING.last().fields());
        assertTrue(
                names.containsAll(List.of("Host", "X-Mixed", "X-Forwarded-Proto")),
                () -> "" + names);
    }

    @Test
    void aClusterBoundsHowLongARequestMayTake() {
        Reply reply = gateway.get("protocols.test", "/brief");
        assertEquals(
                "504 upstream max stream duration reached", reply.status() + " " + reply.text());
        assertTrue(gateway.awaitLogged("GET /brief").contains(" 504 UMSDR "));
        assertTrue(counted("cluster.brief.upstream_rq_max_duration_reached") >= 1);
    }

    @Test
    void aListenerBoundsHowLongARequestMayLive() {
        Reply reply = Http1.get(BRIEF, "protocols.test", "/silent");
        assertEquals("504 downstream duration timeout", reply.status() + " " + reply.text());
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
