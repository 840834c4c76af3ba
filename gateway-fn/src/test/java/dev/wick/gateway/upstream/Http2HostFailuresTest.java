package dev.wick.gateway.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What fails, what does not, and which requests it takes along. */
class Http2HostFailuresTest extends Http2Hosts {

    @Test
    void aStreamThatTheHostResetsFails() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(call -> call.reset(Http2Error.CANCEL))) {
            Cluster cluster = cluster(host);
            assertEquals("UR remote_reset", Sent.get(loop, cluster).outcome());
            assertEquals("UR remote_reset", Sent.get(loop, cluster).outcome());
            assertEquals(1, host.connections());
            assertEquals(2, value(cluster, ClusterMetrics.RQ_RX_RESET));
            assertEquals(2, value(cluster, ClusterMetrics.HTTP2_RX_RESET));
            until(() -> value(cluster, ClusterMetrics.RQ_ACTIVE) == 0);
        }
    }

    @Test
    void aStreamThatTheHostRefusesFailsAsRefused() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(call -> call.reset(Http2Error.REFUSED_STREAM))) {
            Sent sent = Sent.send(loop, cluster(host), "POST", false);
            assertEquals("UR remote_refused_stream_reset", sent.outcome());
        }
    }

    @Test
    void streamsAfterTheLastThatTheHostTookFailAsRefusedAndTheOthersGoOn() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host);
            Sent taken = Sent.send(loop, cluster, "POST", false);
            RawHttp2Host.Call call = next();
            call.goAway(0);
            until(() -> value(cluster, ClusterMetrics.CX_CLOSE_NOTIFY) == 1);
            Sent anew = Sent.get(loop, cluster);
            RawHttp2Host.Call other = next();
            assertEquals(2, other.connection);
            other.head("200", false).data("new", true);
            assertEquals("200 new", anew.outcome());
            taken.write("x").end();
            until(() -> call.ended);
            call.head("200", false).data("old", true);
            assertEquals("200 old", taken.outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 1);
        }
    }

    @Test
    void aConnectionThatEndsFailsItsStreams() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(RawHttp2Host.Call::close)) {
            Cluster cluster = cluster(host);
            Sent sent = Sent.send(loop, cluster, "POST", false);
            assertEquals("UC connection_termination", sent.outcome());
            until(() -> value(cluster, ClusterMetrics.RQ_ACTIVE) == 0);
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
        }
    }

    @Test
    void anAnswerThatIsNoneFailsItsStreamAlone() throws Exception {
        try (RawHttp2Host host =
                new RawHttp2Host(call -> call.head("200", true, "transfer-encoding", "chunked"))) {
            Cluster cluster = cluster(host);
            assertEquals("UPE protocol_error", Sent.get(loop, cluster).outcome());
            assertEquals("UPE protocol_error", Sent.get(loop, cluster).outcome());
            assertEquals(1, host.connections());
            assertEquals(2, value(cluster, ClusterMetrics.HTTP2_RX_MESSAGING_ERROR));
        }
    }

    @Test
    void aHostThatSpeaksHttp1IsAProtocolError() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            Cluster cluster = cluster(host.port(), settings(Http2Limits.DEFAULT, 0));
            assertEquals("UPE protocol_error", Sent.get(loop, cluster).outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
            assertEquals(1, value(cluster, ClusterMetrics.CX_PROTOCOL_ERROR));
        }
    }

    @Test
    void aRequestThatIsGivenUpIsResetAlone() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host);
            Sent given = Sent.send(loop, cluster, "POST", false);
            Sent kept = Sent.send(loop, cluster, "POST", false);
            RawHttp2Host.Call call = next();
            RawHttp2Host.Call other = next();
            given.on(UpstreamRequest::reset);
            until(() -> call.reset != null);
            assertEquals(Http2Error.CANCEL.code(), call.reset.errorCode());
            other.head("200", false).data("ok", true);
            assertEquals("200 ok", kept.outcome());
            assertEquals(1, value(cluster, ClusterMetrics.HTTP2_TX_RESET) - 1);
        }
    }

    /** DATA that waits for its turn when the request is given up. */
    @Test
    void nothingOfARequestFollowsItsReset() throws Exception {
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        RawHost.Script script =
                peer -> {
                    peer.send(window(100));
                    readFrames(peer, frames);
                };
        try (RawHost host = new RawHost(script)) {
            Cluster cluster = cluster(host.port(), settings(Http2Limits.DEFAULT, 0));
            Sent.send(loop, cluster, "POST", false)
                    .on(
                            request -> {
                                request.write(Unpooled.copiedBuffer("late", US_ASCII));
                                request.reset();
                            });
            await(frames, "HEADERS 3");
            Sent.send(loop, cluster, "GET", true);
            assertEquals(List.of("RST_STREAM 3", "HEADERS 5"), await(frames, "HEADERS 5"));
        }
    }

    /** What the host makes room for by SETTINGS is written as they are read. */
    @Test
    void nothingOfARequestFollowsItsResetWhereSettingsMakeRoom() throws Exception {
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        CompletableFuture<RawHost.Peer> peer = new CompletableFuture<>();
        RawHost.Script script =
                connected -> {
                    connected.send(window(0));
                    peer.complete(connected);
                    readFrames(connected, frames);
                };
        try (RawHost host = new RawHost(script)) {
            Cluster cluster = cluster(host.port(), settings(Http2Limits.DEFAULT, 0));
            Sent first = Sent.get(loop, cluster);
            await(frames, "HEADERS 3");
            peer.get().send(ok(3));
            assertEquals("200 ", first.outcome());
            CountDownLatch written = new CountDownLatch(1);
            Sent.send(loop, cluster, "POST", false).write("late").on(to -> written.countDown());
            Sent.await(written);
            await(frames, "HEADERS 5");
            peer.get().send(Unpooled.copiedBuffer(ok(5), window(100)).array());
            await(frames, "RST_STREAM 5");
            Sent.get(loop, cluster);
            assertEquals(List.of("HEADERS 7"), await(frames, "HEADERS 7"));
        }
    }

    /** SETTINGS, of the window of each stream. */
    private static byte[] window(int octets) {
        return new byte[] {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, (byte) octets};
    }

    /** HEADERS that are a whole answer. */
    private static byte[] ok(int stream) {
        return new byte[] {0, 0, 1, 1, 5, 0, 0, 0, (byte) stream, (byte) 0x88};
    }

    private static void readFrames(RawHost.Peer peer, Queue<String> frames) throws IOException {
        peer.read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        for (String head = peer.read(9); head.length() == 9; head = peer.read(9)) {
            peer.read(head.charAt(1) << 8 | head.charAt(2));
            String name =
                    Map.of(0, "DATA", 1, "HEADERS", 3, "RST_STREAM").get((int) head.charAt(3));
            if (name != null) {
                frames.add(name + " " + (int) head.charAt(8));
            }
        }
    }

    /** What came up to and with that frame. */
    private static List<String> await(BlockingQueue<String> frames, String last) throws Exception {
        List<String> came = new ArrayList<>();
        while (came.isEmpty() || !came.getLast().equals(last)) {
            String next = frames.poll(5, TimeUnit.SECONDS);
            assertNotNull(next, () -> "after " + came);
            came.add(next);
        }
        return came;
    }

    @Test
    void aHostThatAnswersNoPingIsLeft() throws Exception {
        Http2Limits pings = new Http2Limits(100, 65_535, 65_535, 4096, 50, 50);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
                            peer.send(
                                    new String(
                                            settings,
                                            java.nio.charset.StandardCharsets.ISO_8859_1));
                            while (peer.read(1) != null) {
                                // Reads, and says nothing.
                            }
                        })) {
            Cluster cluster = cluster(host.port(), settings(pings, 0));
            assertEquals("UC connection_termination", Sent.get(loop, cluster).outcome());
            assertEquals(1, value(cluster, ClusterMetrics.HTTP2_KEEPALIVE_TIMEOUT));
        }
    }

    @Test
    void aHostThatAnswersPingsIsKept() throws Exception {
        Http2Limits pings = new Http2Limits(100, 65_535, 65_535, 4096, 20, 5_000);
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host, settings(pings, 0));
            Sent sent = Sent.get(loop, cluster);
            RawHttp2Host.Call call = next();
            long before = value(cluster, ClusterMetrics.CX_RX_BYTES);
            // An answer to a PING is 17 octets: a few of them.
            until(() -> value(cluster, ClusterMetrics.CX_RX_BYTES) > before + 60);
            call.head("204", true);
            assertEquals("204 ", sent.outcome());
        }
    }

    @Test
    void aLengthOfAnAnswerThatHasNoneIsAProtocolErrorUnlessItIsZero() throws Exception {
        try (RawHttp2Host host =
                new RawHttp2Host(call -> call.head("204", true, "content-length", "5"))) {
            assertEquals("UPE protocol_error", Sent.get(loop, cluster(host)).outcome());
        }
        try (RawHttp2Host host =
                new RawHttp2Host(call -> call.head("204", true, "content-length", "0"))) {
            Sent sent = Sent.get(loop, cluster(host));
            assertEquals("204 ", sent.outcome());
            assertFalse(sent.response.headers().contains("content-length"));
        }
    }
}
