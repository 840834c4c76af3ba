package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One request through one snapshot: what the gateway answers by itself, and how things end. */
class ExchangeTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static RunningEdge edge(int port) throws Exception {
        return RunningEdge.with(
                """
                kind: VirtualHost
                name: x
                domains: [x.test]
                responseHeaders: {add: [{name: x-v, value: "1"}]}
                routes:
                  - match: {path: {prefix: /none}}
                    route: {cluster: none}
                    responseHeaders: {add: [{name: x-r, value: "1"}]}
                  - match: {path: {prefix: /refused}}
                    route: {cluster: refused}
                  - match: {path: {prefix: /slow}}
                    route: {cluster: up, timeout: 100ms}
                  - match: {path: {prefix: /old}}
                    route: {cluster: up, prefixRewrite: /new, timeout: 0s}
                    requestHeaders: {add: [{name: x-added, value: a}], remove: [x-unwanted]}
                  - match: {path: {exact: /direct}}
                    directResponse: {status: 200, body: hi}
                  - match: {path: {exact: /empty}}
                    directResponse: {status: 403}
                  - match: {path: {prefix: /away}}
                    redirect: {host: other.test}
                  - match: {path: {prefix: /up}}
                    route: {cluster: up}
                ---
                kind: Cluster
                name: up
                endpoints: [{address: 127.0.0.1, port: %d}]
                ---
                kind: Cluster
                name: refused
                endpoints: [{address: 127.0.0.1, port: %d}]
                ---
                kind: Cluster
                name: none
                """
                        .formatted(port, closedPort()));
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void anUnknownHostAndAPathWithoutRouteAreNotFound() throws Exception {
        try (RunningEdge edge = edge(1);
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/nowhere").response();
            assertTrue(response.startsWith("HTTP/1.1 404 Not Found\r\n"), response);
            assertTrue(response.contains("\r\ncontent-length: 0\r\n"), response);
            assertTrue(response.contains("\r\nserver: wick\r\n"), response);
            String unknown = client.send("GET / HTTP/1.1\r\nHost: other.test\r\n\r\n").response();
            assertTrue(unknown.startsWith("HTTP/1.1 404 Not Found\r\n"), unknown);
            assertTrue(edge.log(2).get(1).contains("\"GET / HTTP/1.1\" 404 NR 0 0 "));
            assertEquals(2, edge.metric("envoy_http_no_route{"));
        }
    }

    @Test
    void hostsAreComparedWithoutCaseTrailingDotAndPort() throws Exception {
        try (RunningEdge edge = edge(1);
                RawClient client = new RawClient(edge.port())) {
            for (String host : new String[] {"X.TEST", "x.test.", "x.Test.:8080", "x.test:1"}) {
                String response =
                        client.send("GET /direct HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                .response();
                assertTrue(response.startsWith("HTTP/1.1 200 "), host + ": " + response);
            }
        }
    }

    @Test
    void aClusterWithoutHostsIsUnavailable() throws Exception {
        try (RunningEdge edge = edge(1);
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/none").response();
            assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
            assertTrue(response.contains("\r\nx-r: 1\r\nx-v: 1\r\n"), response);
            assertTrue(response.contains("\r\ncontent-type: text/plain\r\n"), response);
            assertTrue(response.endsWith("\r\n\r\nno healthy upstream"), response);
            assertTrue(edge.log(1).get(0).contains("503 UH 0 19 "), edge.log(1).toString());
        }
    }

    @Test
    void aHostThatRefusesConnectionsIsAnswered503() throws Exception {
        try (RunningEdge edge = edge(1);
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/refused").response();
            assertTrue(response.startsWith("HTTP/1.1 503 "), response);
            assertTrue(
                    response.endsWith(
                            "upstream connect error or disconnect/reset before headers. reset"
                                    + " reason: remote connection failure"),
                    response);
            assertTrue(edge.log(1).get(0).contains("503 UF 0 98 "), edge.log(1).toString());
        }
    }

    @Test
    void aHostThatHangsUpOrTalksNonsenseIsAnswered503Or502() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    if (head != null && head.startsWith("GET /up/nonsense")) {
                                        peer.send("NONSENSE\r\n\r\n");
                                    }
                                });
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            String gone = client.get("/up/gone").response();
            assertTrue(gone.startsWith("HTTP/1.1 503 "), gone);
            assertTrue(gone.endsWith("reset reason: connection termination"), gone);
            String nonsense = client.get("/up/nonsense").response();
            assertTrue(nonsense.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), nonsense);
            assertTrue(nonsense.endsWith("reset reason: protocol error"), nonsense);
            assertTrue(edge.log(2).get(0).contains("503 UC "), edge.log(2).toString());
            assertTrue(edge.log(2).get(1).contains("502 UPE "), edge.log(2).toString());
        }
    }

    @Test
    void aHostThatIsSlowerThanTheRoutesTimeoutIsAnswered504() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    end.await(10, TimeUnit.SECONDS);
                                });
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/slow").response();
            end.countDown();
            assertTrue(response.startsWith("HTTP/1.1 504 Gateway Timeout\r\n"), response);
            assertTrue(response.endsWith("\r\n\r\nupstream request timeout"), response);
            assertTrue(edge.log(1).get(0).contains("504 UT 0 24 "), edge.log(1).toString());
        }
    }

    @Test
    void directResponsesAndRedirectsNeedNoHost() throws Exception {
        try (RunningEdge edge = edge(1);
                RawClient client = new RawClient(edge.port())) {
            String direct = client.get("/direct").response();
            assertTrue(direct.startsWith("HTTP/1.1 200 OK\r\nx-v: 1\r\n"), direct);
            assertTrue(direct.endsWith("\r\n\r\nhi"), direct);
            String empty = client.get("/empty").response();
            assertTrue(empty.startsWith("HTTP/1.1 403 Forbidden\r\n"), empty);
            String away = client.get("/away/b?c").response();
            assertTrue(away.startsWith("HTTP/1.1 301 Moved Permanently\r\n"), away);
            assertTrue(away.contains("\r\nlocation: http://other.test/away/b?c\r\n"), away);
        }
    }

    @Test
    void aRewrittenRequestSaysWhatItWas() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    seen.complete(peer.readHead());
                                    peer.send(OK);
                                });
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.get("/old/a?b", "X-Unwanted: 1").response();
            String head = seen.get(10, TimeUnit.SECONDS);
            assertTrue(head.startsWith("GET /new/a?b HTTP/1.1\r\n"), head);
            assertTrue(head.contains("\r\nx-envoy-original-path: /old/a?b\r\n"), head);
            assertTrue(head.contains("\r\nx-added: a\r\n"), head);
            assertFalse(head.contains("x-unwanted"), head);
            assertFalse(head.contains("x-envoy-expected-rq-timeout-ms"), head);
            assertTrue(edge.log(1).get(0).contains("\"GET /old/a?b HTTP/1.1\" 200 - 0 2 "));
        }
    }

    @Test
    void aResponseCutShortByTheHostNeverEndsCleanly() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    peer.send(
                                            head.contains("/up/length")
                                                    ? "HTTP/1.1 200 OK\r\n"
                                                            + "Content-Length: 9\r\n\r\n"
                                                            + "abc"
                                                    : "HTTP/1.1 200 OK\r\nTransfer-Encoding:"
                                                            + " chunked\r\n\r\n3\r\nabc\r\n");
                                });
                RunningEdge edge = edge(host.port())) {
            for (String path : new String[] {"/up/length", "/up/chunks"}) {
                try (RawClient client = new RawClient(edge.port())) {
                    client.get(path).readHead();
                    String rest = client.rest();
                    assertTrue(rest.contains("abc"), rest);
                    assertFalse(rest.contains("0\r\n\r\n"), rest);
                }
            }
            for (String line : edge.log(2)) {
                assertTrue(line.contains("\" 200 UC 0 3 "), line);
            }
        }
    }

    @Test
    void aClientThatGoesAwayTakesItsRequestToTheHostWithIt() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    asked.countDown();
                                    ended.complete(peer.readSome(new byte[1]));
                                });
                RunningEdge edge = edge(host.port())) {
            try (RawClient client = new RawClient(edge.port())) {
                client.get("/up");
                assertTrue(asked.await(10, TimeUnit.SECONDS));
            }
            assertEquals(-1, ended.get(10, TimeUnit.SECONDS));
            assertTrue(edge.log(1).get(0).contains("\"GET /up HTTP/1.1\" 0 DC "));
        }
    }

    @Test
    void aResponseMayComeBeforeTheRequestIsComplete() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send("HTTP/1.1 413 No\r\nContent-Length: 4\r\n\r\nmuch");
                                    peer.readHead();
                                });
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send("POST /up HTTP/1.1\r\nHost: x.test\r\nContent-Length: 1000\r\n\r\nabc");
            String response = client.response();
            assertTrue(response.startsWith("HTTP/1.1 413 "), response);
            assertTrue(response.endsWith("much"), response);
            assertEquals("", client.rest());
        }
    }

    @Test
    void manyFirstRequestsForAHostWaitForIt() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = edge(host.port())) {
            CompletableFuture<Void> drawn = new CompletableFuture<>();
            edge.slow.put("x.test", drawn);
            RawClient[] clients = new RawClient[20];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = new RawClient(edge.port());
                clients[i].send(
                        "POST /up HTTP/1.1\r\nHost: x.test\r\nContent-Length: 3\r\n\r\nabc");
            }
            assertTrue(clients[0].silent());
            drawn.complete(null);
            for (RawClient client : clients) {
                assertTrue(client.response().endsWith("ok"));
                client.close();
            }
        }
    }

    @Test
    void aHostThatCannotBeKnownIs503WithRetryAfterAndNotRemembered() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            edge.unavailable.add("x.test");
            String response = client.get("/up").response();
            assertTrue(response.startsWith("HTTP/1.1 503 "), response);
            assertTrue(response.contains("\r\nretry-after: 7\r\n"), response);
            assertTrue(response.endsWith("configuration_unavailable"), response);
            edge.unavailable.clear();
            assertTrue(client.get("/up").response().endsWith("ok"));
        }
    }

    /** The first is answered while the second waits, and must not wake it. */
    @Test
    void theBodyOfARequestSentAheadWaitsForItsOwnHost() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(OK.replace("ok", peer.read(2)));
                                });
                RunningEdge edge = edge(host.port());
                RawClient client = new RawClient(edge.port())) {
            CompletableFuture<Void> first = new CompletableFuture<>();
            CompletableFuture<Void> second = new CompletableFuture<>();
            edge.slow.put("other.test", first);
            edge.slow.put("x.test", second);
            client.send("GET / HTTP/1.1\r\nHost: other.test\r\n\r\n");
            client.send("POST /up HTTP/1.1\r\nHost: x.test\r\nContent-Length: 2\r\n\r\nab");
            first.complete(null);
            assertTrue(client.response().startsWith("HTTP/1.1 404 "));
            second.complete(null);
            assertTrue(client.response().endsWith("\r\n\r\nab"));
        }
    }
}
