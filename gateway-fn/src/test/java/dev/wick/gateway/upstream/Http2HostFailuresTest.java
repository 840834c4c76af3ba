package dev.wick.gateway.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import java.util.List;
import java.util.function.Consumer;
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
        try (FrameHost host = new FrameHost(FrameHost.settings())) {
            Cluster cluster = cluster(host.port(), settings(Http2Limits.DEFAULT, 0));
            Sent given = Sent.send(loop, cluster, "POST", false);
            host.until("HEADERS 3");
            given.on(
                    request -> {
                        request.write(Unpooled.copiedBuffer("late", US_ASCII));
                        request.reset();
                    });
            Sent.send(loop, cluster, "GET", true);
            assertEquals(List.of("RST_STREAM 3", "HEADERS 5"), host.until("HEADERS 5"));
        }
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
    void aBodyThatIsAnnouncedAndDoesNotComeIsAProtocolError() throws Exception {
        List<Consumer<RawHttp2Host.Call>> answers =
                List.of(
                        call -> call.head("200", true, "content-length", "5"),
                        call -> call.head("200", false, "content-length", "5").data("", true),
                        call ->
                                call.head("200", false, "content-length", "5")
                                        .trailers("x-sum", "7"),
                        call -> call.head("200", false, "content-length", "5").data("none", true));
        for (Consumer<RawHttp2Host.Call> answer : answers) {
            try (RawHttp2Host host = new RawHttp2Host(answer::accept)) {
                Cluster cluster = cluster(host);
                assertEquals("UPE protocol_error", Sent.get(loop, cluster).outcome());
                assertEquals("UPE protocol_error", Sent.get(loop, cluster).outcome());
                assertEquals(1, host.connections());
            }
        }
    }

    @Test
    void anAnswerToHeadAndOneThatNothingHasChangedMayAnnounceABodyThatDoesNotCome()
            throws Exception {
        for (String status : List.of("200", "304")) {
            String method = status.equals("200") ? "HEAD" : "GET";
            try (RawHttp2Host host =
                    new RawHttp2Host(call -> call.head(status, true, "content-length", "5"))) {
                Sent sent = Sent.send(loop, cluster(host), method, true);
                assertEquals(status + " ", sent.outcome());
            }
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
