package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import dev.wick.http.Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes to hosts and comes back, and how much at once. */
class Http2HostTest extends Http2Hosts {

    @Test
    void requestsAtOnceShareOneConnection() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host);
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(Sent.get(loop, cluster));
            }
            List<RawHttp2Host.Call> came = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                came.add(next());
            }
            assertEquals(20, value(cluster, ClusterMetrics.HTTP2_STREAMS_ACTIVE));
            came.forEach(call -> call.head("200", false).data("ok", true));
            for (Sent one : sent) {
                assertEquals("200 ok", one.outcome());
            }
            assertEquals(1, host.connections());
            assertEquals(1, value(cluster, ClusterMetrics.CX_HTTP2_TOTAL));
            assertEquals(20, value(cluster, ClusterMetrics.RQ_TOTAL));
            until(() -> value(cluster, ClusterMetrics.RQ_ACTIVE) == 0);
            assertEquals(0, value(cluster, ClusterMetrics.HTTP2_STREAMS_ACTIVE));
        }
    }

    @Test
    void whereAConnectionTakesFewRequestsManyAreMadeAtOnce() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host, settings(Http2Limits.DEFAULT, 2));
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(Sent.get(loop, cluster));
            }
            List<RawHttp2Host.Call> came = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                came.add(next());
            }
            assertEquals(3, host.connections());
            came.forEach(call -> call.head("200", true));
            for (Sent one : sent) {
                assertEquals("200 ", one.outcome());
            }
        }
    }

    @Test
    void aConnectionOfFormerSettingsEndsWithWhatItCarries() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host, settings(Http2Limits.DEFAULT, 0));
            Sent before = Sent.get(loop, cluster);
            RawHttp2Host.Call call = next();
            cluster(host, settings(Http2Limits.DEFAULT, 7));
            call.head("200", true);
            assertEquals("200 ", before.outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);

            Sent after = Sent.get(loop, cluster);
            next().head("200", true);
            assertEquals("200 ", after.outcome());
            assertEquals(2, host.connections());
        }
    }

    @Test
    void theHeadIsSentAsItIs() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Sent sent = Sent.send(loop, cluster(host), "GET", true, "te", "trailers", "x", "y");
            RawHttp2Host.Call call = next();
            assertEquals("GET", call.head.method().toString());
            assertEquals("test", call.head.authority().toString());
            assertEquals("/", call.head.path().toString());
            assertEquals("trailers", call.head.get("te").toString());
            assertEquals("y", call.head.get("x").toString());
            assertTrue(call.ended);
            call.head("204", true);
            assertEquals("204 ", sent.outcome());
        }
    }

    @Test
    void bodiesAndTrailersGoBothWays() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Sent sent = Sent.send(loop, cluster(host), "POST", false);
            sent.write("abc").write("de");
            Headers trailers = new Headers();
            trailers.add("x-sum", "5");
            sent.on(to -> to.end(trailers));
            RawHttp2Host.Call call = next();
            until(() -> call.ended);
            assertEquals("abcde", call.body.toString());
            assertEquals("5", call.trailers.get("x-sum").toString());
            call.head("200", false, "x", "y").data("fg", false).trailers("grpc-status", "0");
            assertEquals("200 fg", sent.outcome());
            assertEquals("0", sent.trailers.get("grpc-status"));
        }
    }

    @Test
    void anUpgradeIsATunnelWithinTheConnection() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Sent sent =
                    Sent.upgrade(
                            loop,
                            cluster(host),
                            "websocket",
                            "connection",
                            "upgrade",
                            "upgrade",
                            "websocket",
                            "sec-websocket-key",
                            "dGhlIHNhbXBsZSBub25jZQ==");
            RawHttp2Host.Call call = next();
            assertEquals("CONNECT", call.head.method().toString());
            assertEquals("websocket", call.head.get(":protocol").toString());
            assertFalse(call.head.contains("upgrade"));
            call.head("200", false).data("hello", true);
            Sent.await(sent.headed);
            assertEquals(
                    "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    sent.response.headers().get("sec-websocket-accept"));
            sent.write("bye");
            until(() -> call.body.toString().equals("bye"));
            assertFalse(sent.outcome.isDone());
            sent.end();
            assertEquals("101 hello", sent.outcome());
            until(() -> call.ended);
        }
    }

    @Test
    void theTableOfFieldsStaysSmallHoweverLargeTheHostsMayBe() throws Exception {
        CompletableFuture<byte[]> after = new CompletableFuture<>();
        try (RawHost host = new RawHost(peer -> large(peer, after))) {
            Cluster cluster = cluster(host.port(), settings(Http2Limits.DEFAULT, 0));
            assertEquals("200 ", Sent.get(loop, cluster).outcome());
            assertEquals("200 ", Sent.get(loop, cluster).outcome());
            byte[] block = after.get(10, TimeUnit.SECONDS);
            // The last of the updates that the block begins with (RFC 7541, 6.3) is to 4,096.
            byte[] small = {0x3f, (byte) 0xe1, 0x1f};
            int at = 0;
            while ((block[at] & 0xe0) == 0x20) {
                int start = at++;
                while (block[at++] < 0) {
                    // Octets of one number.
                }
                small = java.util.Arrays.copyOfRange(block, start, at);
            }
            assertEquals("3fe11f", java.util.HexFormat.of().formatHex(small));
        }
    }

    /** Answers two requests; the second's fields are kept. Its own table would be of 16 MiB. */
    private static void large(RawHost.Peer peer, CompletableFuture<byte[]> after) throws Exception {
        java.io.DataInputStream in = new java.io.DataInputStream(peer.socket().getInputStream());
        in.readNBytes(24);
        peer.send(new byte[] {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0});
        boolean acknowledged = false;
        byte[] ended = {0, 0, 1, 1, 5, 0, 0, 0, 0, (byte) 0x88};
        byte[] first = null;
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            acknowledged |= type == 4 && flags == 1;
            if (type == 1) {
                ended[8] = (byte) stream;
            }
            if (type == 1 && first != null) {
                // The updates stand before the first fields that follow the table's size.
                after.complete((first[0] & 0xe0) == 0x20 ? first : payload);
                peer.send(ended);
            } else if (type == 1) {
                first = payload;
            }
            if (acknowledged && first != null) {
                acknowledged = false;
                peer.send(ended);
            }
        }
    }

    @Test
    void noMoreStreamsAreOpenAtOnceThanTheHostTakes() throws Exception {
        Http2Settings two = Http2Settings.defaultSettings().maxConcurrentStreams(2);
        try (RawHttp2Host host = new RawHttp2Host(two, calls::add)) {
            Cluster cluster = cluster(host);
            Sent first = Sent.get(loop, cluster);
            next().head("204", true);
            assertEquals("204 ", first.outcome());
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sent.add(Sent.get(loop, cluster));
            }
            for (int i = 0; i < 4; i++) {
                next().head("204", true);
            }
            for (Sent one : sent) {
                assertEquals("204 ", one.outcome());
            }
            assertTrue(host.connections() >= 2, "two connections at least carry four streams");
        }
    }

    @Test
    void fewerStreamsAreConfiguredThanTheHostTakes() throws Exception {
        Http2Limits one = new Http2Limits(1, 65_535, 65_535, 4096, 0, 0);
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host, settings(one, 0));
            Sent first = Sent.get(loop, cluster);
            Sent second = Sent.get(loop, cluster);
            RawHttp2Host.Call call = next();
            RawHttp2Host.Call other = next();
            assertTrue(call.connection != other.connection);
            call.head("204", true);
            other.head("204", true);
            assertEquals("204 ", first.outcome());
            assertEquals("204 ", second.outcome());
        }
    }

    @Test
    void aSlowClientHoldsUpItsOwnAnswerOnly() throws Exception {
        Http2Limits small = new Http2Limits(100, 65_535, 65_535, 4096, 0, 0);
        String much = "m".repeat(1_000_000);
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host, settings(small, 0));
            Sent slow = Sent.get(loop, cluster).countingAfterAPause();
            next().head("200", false).data(much, true);
            Sent.await(slow.headed);
            for (int i = 0; i < 3; i++) {
                Sent quick = Sent.get(loop, cluster);
                next().head("200", false).data(much, true);
                assertEquals("200 " + much, quick.outcome());
            }
            assertFalse(slow.outcome.isDone());
            assertEquals(0, slow.octets.get());
            slow.on(UpstreamRequest::resume);
            assertEquals("200 ", slow.outcome());
            assertEquals(1_000_000, slow.octets.get());
            assertEquals(1, host.connections());
        }
    }

    @Test
    void aSlowHostHoldsUpItsOwnRequestOnly() throws Exception {
        Http2Settings small = Http2Settings.defaultSettings().initialWindowSize(0);
        try (RawHttp2Host host = new RawHttp2Host(small, calls::add)) {
            Cluster cluster = cluster(host);
            Sent warm = Sent.get(loop, cluster);
            next().head("204", true);
            assertEquals("204 ", warm.outcome());
            Sent sent = Sent.send(loop, cluster, "POST", false);
            next();
            java.util.concurrent.CompletableFuture<Boolean> taken =
                    new java.util.concurrent.CompletableFuture<>();
            sent.on(
                    to ->
                            taken.complete(
                                    to.write(
                                            io.netty.buffer.Unpooled.wrappedBuffer(
                                                    new byte[100_000]))));
            assertFalse(taken.get(10, TimeUnit.SECONDS));
            Sent other = Sent.get(loop, cluster);
            next().head("200", false).data("ok", true);
            assertEquals("200 ok", other.outcome());
        }
    }

    @Test
    void aConnectionCarriesNoMoreRequestsThanItMay() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(call -> call.head("204", true))) {
            Cluster cluster = cluster(host, settings(Http2Limits.DEFAULT, 2));
            for (int i = 0; i < 4; i++) {
                assertEquals("204 ", Sent.get(loop, cluster).outcome());
            }
            assertEquals(2, host.connections());
            assertEquals(2, value(cluster, ClusterMetrics.CX_MAX_REQUESTS));
        }
    }

    @Test
    void changedSettingsHoldForNewConnectionsAndTheOldEnd() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(calls::add)) {
            Cluster cluster = cluster(host);
            Sent running = Sent.get(loop, cluster);
            RawHttp2Host.Call call = next();
            cluster(host, settings(Http2Limits.DEFAULT, 7));
            Sent after = Sent.get(loop, cluster);
            RawHttp2Host.Call other = next();
            assertEquals(2, other.connection);
            other.head("204", true);
            assertEquals("204 ", after.outcome());
            call.head("204", true);
            assertEquals("204 ", running.outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 1);
        }
    }
}
