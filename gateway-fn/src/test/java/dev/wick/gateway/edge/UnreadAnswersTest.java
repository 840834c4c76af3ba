package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Clients that ask and do not read: what is kept for them, and for how long. */
class UnreadAnswersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int REQUESTS = 40_000;

    /** An answer to a request without a route is as long as a hundred of its header. */
    private static final String LONG_REPLIES =
            "localReply: {bodyFormat: {text: '%s'}}".formatted("%REQ(x)%".repeat(100));

    @Test
    void requestsThatAreSentAheadWaitUntilAnswersAreRead() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), "{" + LONG_REPLIES + "}");
                Socket client = new Socket("127.0.0.1", edge.port())) {
            String request = "GET / HTTP/1.1\r\nHost: y.test\r\nx: " + "a".repeat(50) + "\r\n\r\n";
            byte[] all = request.repeat(REQUESTS).getBytes(StandardCharsets.US_ASCII);
            Thread sender = Thread.ofVirtual().start(() -> send(client, all));
            long taken = settled(edge);
            assertTrue(taken < REQUESTS, "all " + taken + " were answered and nothing was read");
            int ends = 0;
            byte[] part = new byte[64 * 1024];
            for (int read = 0; ends < REQUESTS && read >= 0; ) {
                read = client.getInputStream().read(part);
                for (int i = 0; i < read; i++) {
                    ends += part[i] == 'H' ? 1 : 0; // of HTTP/1.1, and in nothing else
                }
            }
            assertEquals(REQUESTS, ends);
            sender.join();
        }
    }

    private static void send(Socket client, byte[] all) {
        try {
            client.getOutputStream().write(all);
        } catch (IOException closed) {
            return;
        }
    }

    /** How many requests there were, once there are no more for a moment. */
    private static long settled(RunningEdge edge) throws Exception {
        long before = -1;
        long now = 0;
        for (int same = 0; same < 10; same = now == before ? same + 1 : 0) {
            Thread.sleep(20); // nothing tells that nothing happens
            before = now;
            now = edge.metric("envoy_http_downstream_rq_total");
        }
        return now;
    }

    @Test
    void aConnectionThatIsToCloseIsNotHeldForWhoDoesNotRead() throws Exception {
        String options = "{delayedCloseTimeout: 300ms, " + LONG_REPLIES + "}";
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), options);
                Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new java.net.InetSocketAddress("127.0.0.1", edge.port()));
            String request =
                    "GET / HTTP/1.1\r\nHost: y.test\r\nConnection: close\r\nx: "
                            + "a".repeat(50_000)
                            + "\r\n\r\n";
            client.getOutputStream().write((request + request).getBytes(StandardCharsets.US_ASCII));
            until(edge, "envoy_http_downstream_rq_total", 1);
            until(edge, "envoy_http_downstream_cx_active", 0);
            until(edge, "envoy_http_downstream_cx_delayed_close_timeout", 1);
        }
    }

    @Test
    void aStreamWhoseWindowStaysShutIsReset() throws Exception {
        byte[] shut = RawHttp2Client.setting(INITIAL_WINDOW_SIZE, 0);
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port(), "{streamIdleTimeout: 300ms}");
                RawHttp2Client client = new RawHttp2Client(edge.port(), shut)) {
            client.get(1, "/");
            RawHttp2Client.Answer answer = client.answer(1);
            assertEquals(200, answer.status());
            assertTrue(answer.reset >= 0);
            assertEquals("", answer.body.toString());
            assertEquals(1, edge.metric("envoy_http2_tx_flush_timeout"));
            client.get(3, "/");
            client.window(3, 2);
            assertEquals("ok", client.answer(3).body.toString());
            assertEquals(-1, client.answer(3).reset);
        }
    }

    private static void until(RunningEdge edge, String metric, long value) throws Exception {
        long end = System.nanoTime() + 10_000_000_000L;
        while (edge.metric(metric) != value) {
            assertTrue(System.nanoTime() < end, metric + " is " + edge.metric(metric));
            Thread.sleep(10); // no event tells of a metric
        }
    }
}
