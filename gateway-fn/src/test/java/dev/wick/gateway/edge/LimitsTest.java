package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener bears, on HTTP/1 and on HTTP/2. */
class LimitsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void headersBeyondTheListenersLimitsAre431() throws Exception {
        String options =
                "{maxRequestHeadersKb: 1, commonHttpProtocolOptions: {maxHeadersCount: 5}}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient good = new RawClient(edge.port());
                RawClient large = new RawClient(edge.port());
                RawClient many = new RawClient(edge.port())) {
            assertTrue(good.get("/", "a: 1", "b: 2", "c: 3", "d: 4").response().endsWith("ok"));
            assertTrue(large.get("/", "a: " + "x".repeat(1100)).rest().contains(" 431 "));
            String[] six = {"a: 1", "b: 2", "c: 3", "d: 4", "e: 5", "f: 6"};
            assertTrue(many.get("/", six).rest().contains(" 431 "));
            assertEquals(2, edge.metric("envoy_http_downstream_rq_too_large"));
        }
    }

    @Test
    void moreThanTheDefaultIsTakenWhereTheListenerSaysSo() throws Exception {
        String options =
                "{maxRequestHeadersKb: 200, commonHttpProtocolOptions: {maxHeadersCount: 300}}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient client = new RawClient(edge.port())) {
            String[] lines = new String[200];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = "x-" + i + ": " + "v".repeat(600);
            }
            assertTrue(client.get("/", lines).response().endsWith("ok"));
        }
    }

    /** As for HTTP/1, only names and values count. */
    @Test
    void headersOfHttp2CountByTheirOctets() throws Exception {
        String options = "{maxRequestHeadersKb: 2}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            String[] fields = new String[160];
            for (int i = 0; i < fields.length; i += 2) {
                fields[i] = "x-" + i;
                fields[i + 1] = "v".repeat(18);
            }
            client.get(1, "/", fields);
            assertEquals(200, client.answer(1).status());
            client.get(3, "/", "x", "v".repeat(2_048));
            assertEquals(431, client.answer(3).status());
            assertEquals("wick", client.answer(3).headers.get("server"));
            assertEquals("Request Header Fields Too Large", client.answer(3).body.toString());
        }
    }

    @Test
    void headersThatTakeTooLongAre408() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), "{requestHeadersTimeout: 200ms}");
                RawClient slow = new RawClient(edge.port());
                RawClient later = new RawClient(edge.port())) {
            String answer = slow.send("GET / HTTP/1.1\r\nHost: x").rest();
            assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\r\n"), answer);
            assertTrue(answer.endsWith("request header timeout"), answer);
            assertEquals(1, edge.metric("envoy_http_downstream_rq_header_timeout"));
            // Between requests nothing is bound.
            assertTrue(later.get("/").response().endsWith("ok"));
            assertTrue(later.silent());
            assertTrue(later.get("/").response().endsWith("ok"));
        }
    }

    @Test
    void aRequestThatTakesTooLongIs408() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    peer.read(5);
                                });
                RunningEdge edge = RunningEdge.to(host.port(), "{requestTimeout: 200ms}");
                RawClient slow = new RawClient(edge.port());
                RawClient slower = new RawClient(edge.port())) {
            String asks = "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\n";
            String answer = slow.send(asks + "hel").rest();
            assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nrequest timeout"), answer);
            assertTrue(slower.send("POST /").rest().endsWith("\r\n\r\nrequest timeout"));
            assertEquals(2, edge.metric("envoy_http_downstream_rq_timeout"));
        }
    }

    @Test
    void aRequestInWhichNothingMovesIs408AndAnAnswerInWhichNothingMovesIsCut() throws Exception {
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    String head = peer.readHead();
                                    if (head != null && head.startsWith("GET /cut ")) {
                                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                                    }
                                    peer.read(100);
                                });
                RunningEdge edge = RunningEdge.to(host.port(), "{streamIdleTimeout: 200ms}");
                RawClient client = new RawClient(edge.port());
                RawClient other = new RawClient(edge.port())) {
            String asks = "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\n";
            String answer = client.send(asks).rest();
            assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\r\n"), answer);
            assertTrue(answer.endsWith("stream timeout"), answer);
            assertTrue(other.send(asks.replace("POST /", "GET /cut")).rest().contains(" 200 "));
            assertEquals(2, edge.metric("envoy_http_downstream_rq_idle_timeout"));
            List<String> log = edge.log(2); // of two loops, so in any order
            assertTrue(log.stream().anyMatch(line -> line.contains(" 200 SI ")), log.toString());
        }
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        String options = "{commonHttpProtocolOptions: {idleTimeout: 200ms}}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().endsWith("ok"));
            assertEquals("", client.rest());
            try (RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
                http2.get(1, "/");
                assertEquals("ok", http2.answer(1).body.toString());
                http2.untilClosed();
            }
            assertEquals(2, edge.metric("envoy_http_downstream_cx_idle_timeout"));
        }
    }

    @Test
    void aConnectionEndsAfterTheRequestsThatItMayHave() throws Exception {
        String options = "{commonHttpProtocolOptions: {maxRequestsPerConnection: 2}}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient client = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            assertFalse(client.get("/").response().contains("connection: close"));
            String last = client.get("/").rest();
            assertTrue(last.contains("connection: close"), last);
            assertTrue(last.endsWith("ok"), last);
            http2.get(1, "/");
            assertEquals("ok", http2.answer(1).body.toString());
            http2.get(3, "/");
            assertEquals("ok", http2.answer(3).body.toString());
            http2.untilClosed();
            assertEquals(2, edge.metric("envoy_http_downstream_cx_max_requests_reached"));
        }
    }

    @Test
    void aConnectionThatIsOldEndsWhenItsRequestHas() throws Exception {
        String options = "{commonHttpProtocolOptions: {maxConnectionDuration: 300ms}}";
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    while (!peer.readHead().startsWith("GET /slow ")) {
                                        peer.send(OK);
                                    }
                                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsl");
                                    // So that the answer outlasts the connection's age.
                                    Thread.sleep(600);
                                    peer.send("ow");
                                });
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawClient idle = new RawClient(edge.port());
                RawClient busy = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            http2.get(1, "/slow");
            assertTrue(idle.get("/").response().endsWith("ok"));
            assertTrue(busy.get("/slow").rest().endsWith("\r\n\r\nslow"));
            assertEquals("", idle.rest());
            assertEquals("slow", http2.answer(1).body.toString());
            http2.untilClosed();
            assertEquals(3, edge.metric("envoy_http_downstream_cx_max_duration_reached"));
        }
    }
}
