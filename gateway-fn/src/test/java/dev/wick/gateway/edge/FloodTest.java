package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** Clients that send what costs them little: their connections end, others' go on. */
class FloodTest {

    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int PRIORITY = 2;
    private static final int PING = 6;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private interface Act {
        void run(RawHttp2Client client, int round) throws Exception;
    }

    /** Does so until the connection is closed, and shows that another is not. */
    private static void ends(Act act, String metric) throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals("ok", client.answer(1).body.toString());
            try {
                for (int i = 0; i < 20_000; i++) {
                    act.run(client, i);
                }
            } catch (SocketException closed) {
                assertTrue(closed.getMessage() != null);
            }
            client.untilClosed();
            assertEquals(1, edge.metric(metric));
            try (RawHttp2Client other = new RawHttp2Client(edge.port())) {
                other.get(1, "/");
                assertEquals("ok", other.answer(1).body.toString());
            }
        }
    }

    @Test
    void ofPriorities() throws Exception {
        byte[] payload = {0, 0, 0, 0, 1};
        ends(
                (client, i) -> client.frame(PRIORITY, 0, 1, payload),
                "envoy_http2_inbound_priority_frames_flood");
    }

    @Test
    void ofWindowUpdates() throws Exception {
        ends((client, i) -> client.window(0, 1), "envoy_http2_inbound_window_update_frames_flood");
    }

    @Test
    void ofRequestsThatAreResetAtOnce() throws Exception {
        ends(
                (client, i) -> {
                    client.get(3 + 2 * i, "/");
                    client.reset(3 + 2 * i, 8);
                },
                "envoy_http_downstream_rq_too_many_premature_resets");
    }

    @Test
    void ofFramesForWhichStreamsAreResetFromHere() throws Exception {
        ends(
                (client, i) -> {
                    client.get(3 + 2 * i, "/");
                    client.window(3 + 2 * i, 0);
                },
                "envoy_http_downstream_rq_too_many_premature_resets");
    }

    @Test
    void someRequestsThatAreRefusedAmongManyAreNone() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            for (int i = 1; i < 1_800; i += 6) {
                client.get(i, "/", "an_underscore", "1");
                assertTrue(client.answer(i).reset > 0);
                client.get(i + 2, "/");
                client.get(i + 4, "/");
                assertEquals("ok", client.answer(i + 4).body.toString());
            }
        }
    }

    @Test
    void whatIsOnItsWayToAStreamThatWasResetIsNone() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.request(1, "POST", "/", false, "an_underscore", "1");
            assertTrue(client.answer(1).reset > 0);
            for (int i = 0; i < 1_000; i++) {
                client.data(1, new byte[1], false);
            }
            client.get(3, "/");
            assertEquals("ok", client.answer(3).body.toString());
        }
    }

    @Test
    void ofEmptyFrames() throws Exception {
        ends(
                (client, i) -> {
                    if (i == 0) {
                        client.request(3, "POST", "/", false);
                    }
                    client.data(3, new byte[0], false);
                },
                "envoy_http2_inbound_empty_frames_flood");
    }

    /**
     * Its answer comes before the frames do, and resets it: they are to be counted all the same.
     */
    @Test
    void ofEmptyFramesForAStreamThatIsNoMore() throws Exception {
        ends(
                (client, i) -> {
                    if (i == 0) {
                        client.request(3, "POST", "/", false);
                        assertEquals("ok", client.answer(3).body.toString());
                    }
                    client.data(3, new byte[0], false);
                },
                "envoy_http2_inbound_empty_frames_flood");
    }

    @Test
    void ofPingsWhoseAnswersNobodyReads() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            byte[] payload = new byte[8];
            boolean closed = false;
            try {
                for (int i = 0; i < 3_000_000; i++) {
                    client.frame(PING, 0, 0, payload);
                }
            } catch (IOException ended) {
                closed = true;
            }
            assertTrue(closed);
            assertEquals(1, edge.metric("envoy_http2_outbound_control_flood"));
        }
    }

    @Test
    void whatIsToldBeforeTheEndIsEnhanceYourCalm() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            for (int i = 0; i < 110; i++) {
                client.frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1});
            }
            client.untilClosed();
            assertEquals(ENHANCE_YOUR_CALM, client.goAway);
        }
    }
}
