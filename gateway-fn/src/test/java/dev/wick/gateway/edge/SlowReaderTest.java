package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that do not take what they asked for. */
class SlowReaderTest {

    private static final int LARGE = 16 << 20;
    private static final int WINDOW = 65_535;

    /** Answers {@code /small} with 100,000 octets, {@code /large} with many, all else with few. */
    private static RawHost host() throws IOException {
        return new RawHost(
                peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        int size = head.contains("/large") ? LARGE : 2;
                        size = head.contains("/small") ? 100_000 : size;
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                        peer.send(new byte[size]);
                    }
                });
    }

    private static void readData(RawHttp2Client client, int octets) throws IOException {
        int read = 0;
        while (read < octets) {
            RawHttp2Client.Frame frame = client.read();
            read += frame.type() == RawHttp2Client.DATA ? frame.payload().length : 0;
        }
    }

    @Test
    void anAnswerForWhichThereIsNoRoomIsResetAndItsSiblingsGoOn() throws Exception {
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port(), "{streamFlushTimeout: 300ms}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/small");
            readData(client, WINDOW);
            // The connection's window for all of them is used up by that one: a little more.
            client.window(0, 1_000);
            client.get(3, "/");
            assertEquals(2, client.answer(3).body.length());
            assertEquals(0, client.answer(1).reset);
            assertEquals(WINDOW, client.answer(1).body.length());
            assertEquals(1, edge.metric("envoy_http2_tx_flush_timeout"));
            client.get(5, "/");
            assertEquals(2, client.answer(5).body.length());
            assertEquals(-1, client.goAway);
        }
    }

    @Test
    void anAnswerForWhichRoomIsMadeInTimeIsComplete() throws Exception {
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port(), "{streamFlushTimeout: 5s}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/small");
            readData(client, WINDOW);
            client.window(0, LARGE);
            client.window(1, LARGE);
            assertEquals(100_000, client.answer(1).body.length());
            assertEquals(0, edge.metric("envoy_http2_tx_flush_timeout"));
        }
    }

    @Test
    void anAnswerThatTheHostStillSendsEndsByTheStreamIdleTimeout() throws Exception {
        // The route's timeout, 15 s by default, is longer.
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port(), "{streamIdleTimeout: 200ms}");
                RawClient slow = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            http2.get(1, "/large");
            readData(http2, WINDOW);
            slow.get("/large");
            slow.readHead();
            assertTrue(http2.answer(1).reset >= 0);
            assertEquals(2, edge.log(2).stream().filter(l -> l.contains(" 200 SI ")).count());
            assertEquals(2, edge.metric("envoy_http_downstream_rq_idle_timeout"));
            assertTrue(slow.rest().length() < LARGE);
        }
    }

    @Test
    void anAnswerThatIsOnItsWayIsCompletedBeforeItsConnectionEnds() throws Exception {
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient slow = new RawClient(edge.port())) {
            slow.get("/large");
            slow.readHead();
            int read = 0;
            while (edge.metric("envoy_http_downstream_rq_active") > 0) {
                read += slow.read(16_384).length();
            }
            // The last of it is written, and waits for room.
            edge.change("{kind: Listener, name: http, port: 8080, http: {serverName: new}}");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (edge.metric("envoy_http_downstream_cx_drain_close") == 0) {
                assertTrue(System.nanoTime() < end, "the connection does not end");
                Thread.sleep(5); // it hears of that on its own thread
            }
            assertEquals(LARGE, read + slow.rest().length());
        }
    }
}
