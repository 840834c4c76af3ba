package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How many proxies a request has passed and may yet pass. */
class HopsTest {

    /** Tells the head that it got. */
    private static RawHost telling() throws IOException {
        return new RawHost(
                peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        peer.send(
                                "HTTP/1.1 200 OK\r\nContent-Length: "
                                        + head.length()
                                        + "\r\n\r\n"
                                        + head);
                    }
                });
    }

    private static String asked(RunningEdge edge, String method, String... lines)
            throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
            return client.send(
                            method
                                    + " /a HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n"
                                    + more
                                    + "\r\n")
                    .rest();
        }
    }

    @Test
    void whatHasPassedMoreProxiesThanItMayIs508() throws Exception {
        try (RawHost host = telling();
                RunningEdge edge = RunningEdge.to(host.port(), "{hopLimit: 2}")) {
            assertTrue(asked(edge, "GET").contains(" 200 "));
            assertTrue(asked(edge, "GET", "x-forwarded-for: 1.1.1.1, 2.2.2.2").contains(" 200 "));
            String[] three = {"x-forwarded-for: 1.1.1.1, 2.2.2.2", "X-Forwarded-For: ,3.3.3.3"};
            String many = asked(edge, "GET", three);
            assertTrue(many.startsWith("HTTP/1.1 508 Loop Detected\r\n"), many);
            assertTrue(many.endsWith("\r\n\r\ntoo many hops"), many);
            assertTrue(asked(edge, "GET", "via: 1.1 a, 1.1 b,1.1 c").contains(" 508 "));
            assertTrue(asked(edge, "GET", "via: 1.1 a", "x-forwarded-for: b,c").contains(" 200 "));
        }
    }

    @Test
    void withoutALimitAnyNumberIsLetThrough() throws Exception {
        try (RawHost host = telling();
                RunningEdge edge = RunningEdge.to(host.port())) {
            assertTrue(asked(edge, "GET", "via: " + "a b,".repeat(500)).contains(" 200 "));
        }
    }

    @Test
    void maxForwardsOfTraceAndOptionsIsOneLessOnItsWay() throws Exception {
        try (RawHost host = telling();
                RunningEdge edge = RunningEdge.to(host.port())) {
            assertTrue(asked(edge, "OPTIONS", "max-forwards: 5").contains("max-forwards: 4\r\n"));
            assertTrue(asked(edge, "TRACE", "max-forwards: 1").contains("max-forwards: 0\r\n"));
            assertTrue(asked(edge, "GET", "max-forwards: 0").contains("max-forwards: 0\r\n"));
            assertTrue(asked(edge, "OPTIONS", "max-forwards: x").contains("max-forwards: x\r\n"));
        }
    }

    @Test
    void whatMayBeForwardedNoMoreIsAnsweredHere() throws Exception {
        try (RawHost host = telling();
                RunningEdge edge = RunningEdge.to(host.port())) {
            String options = asked(edge, "OPTIONS", "max-forwards: 0");
            assertTrue(options.startsWith("HTTP/1.1 200 OK\r\n"), options);
            assertTrue(options.endsWith("\r\n\r\n"), options);
            String trace =
                    asked(
                            edge,
                            "TRACE",
                            "max-forwards: 00",
                            "User-Agent: a",
                            "accept-language: de",
                            "via: 1.1 front",
                            "x-forwarded-for: 1.1.1.1",
                            "cookie: secret=1",
                            "x-api-key: secret",
                            "x-jwt-assertion: secret");
            assertTrue(trace.contains("content-type: message/http\r\n"), trace);
            assertTrue(trace.contains("\r\n\r\nTRACE /a HTTP/1.1\r\nhost: x.test\r\n"), trace);
            assertTrue(trace.contains("\r\nmax-forwards: 00\r\n"), trace);
            assertTrue(trace.contains("\r\nuser-agent: a\r\n"), trace);
            assertTrue(trace.contains("\r\naccept-language: de\r\n"), trace);
            assertTrue(trace.contains("\r\nvia: 1.1 front\r\n"), trace);
            assertTrue(trace.contains("\r\nx-forwarded-for: 1.1.1.1\r\n"), trace);
            assertFalse(trace.contains("secret"), trace);
            assertEquals(0, host.connections());
        }
    }

    @Test
    void thatHoldsForTheGatewayAsAWholeToo() throws Exception {
        try (RunningEdge edge = RunningEdge.to(1);
                RawClient client = new RawClient(edge.port())) {
            String asks = "OPTIONS * HTTP/1.1\r\nHost: x.test\r\n";
            String here = client.send(asks + "Max-Forwards: 0\r\n\r\n").response();
            assertTrue(here.startsWith("HTTP/1.1 200 "), here);
            assertTrue(client.send(asks + "\r\n").response().startsWith("HTTP/1.1 404 "));
        }
    }
}
