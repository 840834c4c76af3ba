package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.gateway.upstream.RawHost;
import org.junit.jupiter.api.Test;

/** Frames on streams where they may not be (RFC 9113, 5.1), and what becomes of the others. */
class StreamStatesTest {

    private static final int PROTOCOL_ERROR = 1;
    private static final int STREAM_CLOSED = 5;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int PRIORITY = 2;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private interface Client {
        void run(RawHttp2Client client) throws Exception;
    }

    /** With a host that answers all but what waits. */
    private static void with(Client client) throws Exception {
        try (RawHost host = new RawHost(StreamStatesTest::answer);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client connected = new RawHttp2Client(edge.port())) {
            client.run(connected);
        }
    }

    private static void answer(RawHost.Peer peer) throws Exception {
        for (String head = peer.readHead(); head != null; head = peer.readHead()) {
            if (!head.startsWith("GET /wait ")) {
                peer.send(OK);
            }
        }
    }

    @Test
    void headersAfterTheEndOfARequestResetItsStreamAlone() throws Exception {
        with(
                client -> {
                    client.get(1, "/wait");
                    client.get(1, "/wait");
                    client.get(3, "/");
                    assertEquals(STREAM_CLOSED, client.answer(1).reset);
                    assertEquals("ok", client.answer(3).body.toString());
                });
    }

    @Test
    void aStreamThatWasPassedOverEndsTheConnection() throws Exception {
        with(
                client -> {
                    client.get(5, "/");
                    assertEquals("ok", client.answer(5).body.toString());
                    client.get(3, "/");
                    client.untilClosed();
                    assertEquals(PROTOCOL_ERROR, client.goAway);
                });
    }

    @Test
    void aStreamThatIsClosedIsResetAlone() throws Exception {
        with(
                client -> {
                    client.get(1, "/");
                    client.get(3, "/");
                    assertEquals("ok", client.answer(1).body.toString());
                    assertEquals("ok", client.answer(3).body.toString());
                    client.get(1, "/");
                    while (client.answer(1).reset < 0) {
                        client.read();
                    }
                    assertEquals(STREAM_CLOSED, client.answer(1).reset);
                    client.get(5, "/");
                    assertEquals("ok", client.answer(5).body.toString());
                });
    }

    @Test
    void theBodyOfARequestThatIsNoneEndsNothingElse() throws Exception {
        with(
                client -> {
                    client.request(1, "POST", "/", false, "connection", "close");
                    client.data(1, new byte[3], false);
                    client.data(1, new byte[3], true);
                    client.get(3, "/");
                    assertEquals(PROTOCOL_ERROR, client.answer(1).reset);
                    assertEquals("ok", client.answer(3).body.toString());
                });
    }

    @Test
    void anotherFaultOfACompleteRequestKeepsItsName() throws Exception {
        with(
                client -> {
                    client.get(1, "/wait");
                    client.frame(PRIORITY, 0, 1, new byte[4]);
                    assertEquals(FRAME_SIZE_ERROR, client.answer(1).reset);
                });
    }
}
