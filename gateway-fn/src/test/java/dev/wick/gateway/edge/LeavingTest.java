package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How HTTP/2 connections are brought to their end: the first GOAWAY, what runs, the last. */
class LeavingTest {

    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** The stream that the next GOAWAY names as the last; passes over other frames. */
    private static int goAway(RawHttp2Client client) throws Exception {
        RawHttp2Client.Frame frame = client.read();
        while (frame.type() != RawHttp2Client.GOAWAY) {
            frame = client.read();
        }
        byte[] payload = frame.payload();
        return (payload[0] & 0x7f) << 24
                | (payload[1] & 0xff) << 16
                | (payload[2] & 0xff) << 8
                | payload[3] & 0xff;
    }

    @Test
    void theFirstGoAwayTakesEveryStreamAndTheLastNamesTheLastOne() throws Exception {
        try (RawHost host = RawHost.answering(FINE);
                RunningEdge edge = RunningEdge.to(host.port(), "{drainTimeout: 300ms}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals(200, client.answer(1).status());
            edge.listeners.leave(60_000, true);
            assertEquals(Integer.MAX_VALUE, goAway(client));
            client.get(3, "/");
            assertEquals(200, client.answer(3).status());
            assertEquals(3, goAway(client));
            client.untilClosed();
        }
    }

    @Test
    void theLastGoAwayDoesNotWaitForTheLastStream() throws Exception {
        String options =
                "{drainTimeout: 100ms, commonHttpProtocolOptions: {maxRequestsPerConnection: 1}}";
        CountDownLatch latch = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    latch.await(20, TimeUnit.SECONDS);
                                    peer.send(FINE);
                                });
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals(Integer.MAX_VALUE, goAway(client));
            assertEquals(1, goAway(client));
            latch.countDown();
            assertEquals(200, client.answer(1).status());
            client.untilClosed();
        }
    }

    @Test
    void whatRunsEndsBetweenTheLastGoAwayAndTheEnd() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    while (peer.readHead() != null) {
                                        latch.await(20, TimeUnit.SECONDS);
                                        peer.send(FINE);
                                    }
                                });
                RunningEdge edge = RunningEdge.to(host.port(), "{drainTimeout: 0s}");
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            client.get(3, "/");
            client.frame(6, 0, 0, new byte[8]);
            while (client.read().type() != 6) {
                // With the answer to PING both requests have begun.
            }
            edge.listeners.leave(60_000, true);
            assertEquals(Integer.MAX_VALUE, goAway(client));
            assertEquals(3, goAway(client));
            latch.countDown();
            assertEquals(200, client.answer(1).status());
            assertEquals(200, client.answer(3).status());
            client.untilClosed();
            assertEquals(1, edge.metric("envoy_http_downstream_cx_drain_close"));
            assertTrue(edge.log(2).size() == 2);
        }
    }

    @Test
    void whatTheFirstGoAwayPromisedIsTakenWhenNothingRunsAnyMore() throws Exception {
        String options =
                "{drainTimeout: 60s, commonHttpProtocolOptions: {maxRequestsPerConnection: 1}}";
        try (RawHost host = RawHost.answering(FINE);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals(Integer.MAX_VALUE, goAway(client));
            assertEquals(200, client.answer(1).status());
            client.get(3, "/");
            assertEquals(200, client.answer(3).status());
        }
    }

    @Test
    void aClientThatIsStillSpeakingGetsTheWholeOfTheLastAnswer() throws Exception {
        String options =
                "{drainTimeout: 0s, commonHttpProtocolOptions: {maxRequestsPerConnection: 1}}";
        String large = "x".repeat(256 * 1024);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + large.length() + "\r\n\r\n" + large;
        try (RawHost host = RawHost.answering(answer);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                RawHttp2Client client =
                        new RawHttp2Client(edge.port(), RawHttp2Client.setting(4, 1 << 20))) {
            client.window(0, 1 << 20);
            client.get(1, "/");
            edge.log(1);
            RawHttp2Client.Answer got = client.next(1);
            while (!got.ended) {
                client.frame(6, 0, 0, new byte[8]);
                got = client.next(1);
            }
            assertEquals(large.length(), got.body.length());
            client.untilClosed();
        }
    }
}
