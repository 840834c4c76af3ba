package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.overload.Monitor;
import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Memory is as full as a dial says. */
class OverloadedTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String SHED =
            "HTTP/1.1 503 Service Unavailable\r\nx-envoy-overloaded: true\r\n";
    private static final int LARGE = 32 << 20;

    private final Dial dial = new Dial();

    private static final class Dial implements Monitor {
        volatile double pressure;

        @Override
        public String name() {
            return "dial";
        }

        @Override
        public double pressure(long nowNanos) {
            return pressure;
        }
    }

    /** Sends a large answer to whoever asks, as far as it is taken. */
    private static RawHost large() throws IOException {
        return new RawHost(
                peer -> {
                    peer.readHead();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    peer.send(new byte[LARGE]);
                });
    }

    /** Turns the dial, and lets somebody look. */
    private void turn(RunningEdge edge, double pressure) throws IOException {
        dial.pressure = pressure;
        edge.metric("envoy_overload_dial_pressure");
    }

    @Test
    void requestsAreShedWith503AndNoLongerWhenThereIsRoom() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), dial);
                RawClient client = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            assertTrue(client.get("/").response().endsWith("ok"));
            http2.get(1, "/");
            assertEquals("ok", http2.answer(1).body.toString());
            turn(edge, 0.96);
            String shed = client.get("/").rest();
            assertTrue(shed.startsWith(SHED), shed);
            assertTrue(shed.contains("connection: close\r\n"), shed);
            assertTrue(shed.endsWith("\r\n\r\nenvoy overloaded"), shed);
            http2.get(3, "/");
            assertEquals(503, http2.answer(3).status());
            assertEquals("true", http2.answer(3).headers.get("x-envoy-overloaded"));
            assertEquals(2, edge.metric("envoy_http_downstream_rq_overload_close"));
            assertEquals(2, edge.metric("envoy_http_downstream_cx_overload_disable_keepalive"));
            assertEquals(2, edge.log(4).stream().filter(l -> l.contains(" 503 OM ")).count());

            turn(edge, 0.3);
            try (RawClient later = new RawClient(edge.port())) {
                assertTrue(later.get("/").response().endsWith("ok"));
                assertFalse(later.get("/").response().contains("connection: close"));
            }
            assertEquals(2, host.connections(), "what is shed goes to no host");
        }
    }

    @Test
    void partOfAHeadIsShedByItselfWhateverWasBefore() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RunningEdge edge = RunningEdge.to(host.port(), dial);
                RawClient client = new RawClient(edge.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: x.test\r\n\r\n").head();
            turn(edge, 0.96);
            String shed = client.send("GET / HTTP/1.1\r\nHost: x").rest();
            assertTrue(shed.startsWith(SHED), shed);
            assertTrue(shed.endsWith("\r\n\r\nenvoy overloaded"), shed);
        }
    }

    @Test
    void connectionsEndBeforeRequestsAreShed() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), dial);
                RawClient client = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            // Shedding begins at 0.85, so one request of a hundred thousand may be.
            turn(edge, 0.8500005);
            int closed = 0;
            for (int i = 0; i < 100 && closed == 0; i++) {
                closed += client.get("/").response().contains("connection: close") ? 1 : 0;
            }
            assertEquals(1, closed);
            for (int i = 1; http2.goAway < 0; i += 2) {
                http2.get(i, "/");
                assertEquals("ok", http2.answer(i).body.toString());
            }
            assertEquals(0, http2.goAway);
        }
    }

    @Test
    void connectionsWaitInTheKernelUntilThereIsRoom() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), dial);
                RawClient known = new RawClient(edge.port())) {
            assertTrue(known.get("/").response().endsWith("ok"));
            turn(edge, 0.99);
            // One that the kernel had accepted before may come through.
            try (RawClient one = new RawClient(edge.port());
                    RawClient two = new RawClient(edge.port())) {
                one.get("/");
                two.get("/");
                assertTrue(two.silent());
                turn(edge, 0.1);
                assertTrue(two.response().endsWith("ok"));
            }
        }
    }

    @Test
    void answersThatAreKeptForSlowClientsAreCut() throws Exception {
        try (RawHost host = large();
                RunningEdge edge = RunningEdge.to(host.port(), dial);
                RawClient slow = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            slow.get("/");
            slow.readHead();
            http2.get(1, "/");
            while (http2.read().type() != RawHttp2Client.DATA) {
                // Until the answer comes: then its window is used up, and more is kept.
            }
            turn(edge, 0.99);
            assertTrue(slow.rest().length() < LARGE);
            assertTrue(http2.answer(1).reset >= 0);
            assertEquals(
                    2, edge.metric("envoy_envoy_overload_actions_reset_high_memory_stream_count"));
            assertEquals(2, edge.log(2).stream().filter(l -> l.contains(" 200 OM ")).count());
        }
    }
}
