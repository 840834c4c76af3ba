package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void whatConcernsTheConnectionOrOnlyTheGatewayMaySayIsTakenOut() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String sent =
                    client.get(
                                    "/",
                                    "Connection: x-a, keep-alive, TE",
                                    "X-A: 1",
                                    "Keep-Alive: 5",
                                    "Proxy-Connection: x",
                                    "TE: trailers",
                                    "X-Forwarded-For: 1.1.1.1",
                                    "X-Forwarded-Proto: https",
                                    "X-Request-Id: abc",
                                    "X-Envoy-Retry-On: 5xx",
                                    "X-Envoy-Upstream-Rq-Timeout-Ms: 1",
                                    "X-Envoy-Original-Path: /z",
                                    "X-Forwarded-Client-Cert: z",
                                    "Via: 1.1 other")
                            .response();
            for (String gone :
                    List.of(
                            "x-a:",
                            "keep-alive",
                            "proxy-connection",
                            "retry-on",
                            "rq-timeout-ms: 1\r",
                            "original-path",
                            "client-cert",
                            "abc")) {
                assertFalse(sent.contains(gone), gone + " in " + sent);
            }
            assertTrue(sent.contains("x-forwarded-for: 1.1.1.1,127.0.0.1\r\n"), sent);
            assertTrue(sent.contains("x-forwarded-proto: http\r\n"), sent);
            assertTrue(sent.contains("te: trailers\r\n"), sent);
            assertTrue(sent.contains("via: 1.1 other\r\n"), sent);
            assertTrue(sent.matches("(?s).*x-request-id: [0-9a-f-]{36}\r.*"), sent);
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            StringBuilder ahead = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                ahead.append("POST /").append(i).append(" HTTP/1.1\r\nHost: x.test\r\n");
                ahead.append("Content-Length: 5\r\n\r\nbody").append(i % 10);
            }
            client.send(ahead.toString());
            for (int i = 0; i < 50; i++) {
                String response = client.response();
                assertTrue(response.contains("POST /" + i + " HTTP/1.1"), response);
                assertTrue(response.endsWith("body" + i % 10), response);
            }
        }
    }

    @Test
    void whatIsNoRequestAfterAHeadIsAnsweredWithABody() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: x.test\r\n\r\n");
            client.head();
            client.send("nonsense\r\n\r\n");
            assertTrue(client.response().endsWith("\r\n\r\nBad Request"));
            assertEquals(0, edge.metric("envoy_http_downstream_rq_active"));
        }
    }

    @Test
    void aRequestMayComeOctetByOctet() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String request =
                    "POST /slow HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "2\r\nab\r\n0\r\nT: 1\r\n\r\n";
            for (char octet : request.toCharArray()) {
                client.send(String.valueOf(octet));
            }
            assertTrue(client.response().contains("transfer-encoding: chunked"));
        }
    }

    @Test
    void aClientThatWaitsFor100IsAnsweredByTheGateway() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send(
                    "POST / HTTP/1.1\r\n"
                            + "Host: x.test\r\n"
                            + "Content-Length: 2\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            String response = client.send("ab").response();
            assertTrue(response.endsWith("ab"), response);
            assertFalse(response.contains("\r\nexpect:"), response);
        }
    }

    @Test
    void aRequestToCloseIsHeeded() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response = client.get("/", "Connection: close").response();
            assertTrue(response.contains("\r\nconnection: close\r\n"), response);
            assertEquals("", client.rest());
        }
    }

    @Test
    void answersToHeadAndWithoutContentHaveNoBody() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    while (head != null) {
                                        peer.send(
                                                head.startsWith("HEAD")
                                                        ? "HTTP/1.1 200 OK\r\n"
                                                                + "Content-Length: 7\r\n\r\n"
                                                        : "HTTP/1.1 204 No Content\r\n\r\n");
                                        head = peer.readHead();
                                    }
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String head = client.send("HEAD / HTTP/1.1\r\nHost: x.test\r\n\r\n").head();
            assertTrue(head.contains("content-length: 7"), head);
            String none = client.get("/").response();
            assertTrue(none.startsWith("HTTP/1.1 204 No Content\r\n"), none);
            assertFalse(none.contains("transfer-encoding"), none);
            assertTrue(client.silent());
        }
    }

    @Test
    void aBodyWithoutLengthComesInChunksAsItIsSent() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.send(
                                            "HTTP/1.1 200 OK\r\n"
                                                    + "Transfer-Encoding: chunked\r\n\r\n");
                                    peer.send("3\r\none\r\n");
                                    peer.readHead();
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String head = client.get("/").readHead();
            assertTrue(head.contains("transfer-encoding: chunked"), head);
            // The host sends no more: the first chunk has to come without the next.
            assertEquals("3\r\none\r\n", client.read(8));
        }
    }

    @Test
    void anUpgradeThatNoRouteAllowsIsForbidden() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response =
                    client.get("/", "Connection: upgrade", "Upgrade: websocket").response();
            assertTrue(response.startsWith("HTTP/1.1 403 Forbidden\r\n"), response);
            assertTrue(response.contains("connection: close"), response);
            assertEquals(0, host.connections());
        }
    }

    @Test
    void connectMeetsNoRoute() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response =
                    client.send("CONNECT x.test:80 HTTP/1.1\r\nHost: x.test:80\r\n\r\n").response();
            assertTrue(response.startsWith("HTTP/1.1 404 Not Found\r\n"), response);
            assertEquals("", client.rest());
            assertEquals(0, host.connections());
        }
    }

    @Test
    void http10IsToldToUpgrade() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response = client.send("GET / HTTP/1.0\r\nHost: x.test\r\n\r\n").response();
            assertTrue(response.startsWith("HTTP/1.1 426 Upgrade Required\r\n"), response);
            assertTrue(response.endsWith("\r\n\r\nUpgrade Required"), response);
            assertEquals("", client.rest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x.test\r\nHost: x.test\r\n\r\n",
                "GET / HTTP/1.1\nHost: x.test\n\n",
                "GET / HTTP/1.1\r\nHost: x.test\r\nA: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x.test\r\nA : b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x.test\r\nA: b\rc\r\n\r\n",
                "POST / HTTP/1.1\r\n"
                        + "Host: x.test\r\n"
                        + "Content-Length: 1\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: +1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x.test\r\nConnection: x-forwarded-for\r\n\r\n",
                "GARBAGE\r\n\r\n"
            })
    void ambiguousFramingIsRefusedAndNothingOfItForwarded(String request) throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            String response = client.send(request).response();
            assertTrue(response.matches("(?s)HTTP/1.1 (400|501) .*"), response);
            assertTrue(response.contains("\r\nconnection: close\r\n"), response);
            assertEquals("", client.rest());
            assertEquals(0, host.connections());
            try (RawClient next = new RawClient(edge.port())) {
                assertTrue(next.get("/").response().startsWith("HTTP/1.1 200 "));
            }
        }
    }

    @Test
    void aBadChunkEndsTheRequestAndTheConnectionToTheHost() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient client = new RawClient(edge.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked\r\n\r\n");
            String response = client.send("zz\r\nab\r\n").response();
            assertTrue(response.startsWith("HTTP/1.1 400 Bad Request\r\n"), response);
            assertTrue(edge.log(1).get(0).contains("\" 400 DPE "), edge.log(1).toString());
        }
    }

    @Test
    void tooManyOrTooLargeHeadersAreRefused() throws Exception {
        try (RawHost host = echo();
                RunningEdge edge = RunningEdge.to(host.port())) {
            try (RawClient client = new RawClient(edge.port())) {
                String response = client.get("/", "A: " + "b".repeat(70_000)).response();
                assertTrue(response.startsWith("HTTP/1.1 431 "), response);
            }
            try (RawClient client = new RawClient(edge.port())) {
                String[] many = new String[101];
                Arrays.setAll(many, i -> "a" + i + ": b");
                String response = client.get("/", many).response();
                assertTrue(response.startsWith("HTTP/1.1 431 "), response);
            }
        }
    }
}
