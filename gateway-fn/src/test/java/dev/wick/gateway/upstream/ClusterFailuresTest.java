package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is a failure, and what is sent once more. */
class ClusterFailuresTest extends ClusterHosts {

    @Test
    void anAnswerThatNobodyAskedForIsNotTakenForTheNext() throws Exception {
        CountDownLatch unasked = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(OK);
                            if (peer.number() == 1) {
                                Sent.await(unasked);
                                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                            }
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            unasked.countDown();
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void aKeptConnectionThatTheHostClosesUnderARequestCostsNothing() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(OK);
                            if (peer.number() == 1) {
                                peer.readHead();
                            } else {
                                peer.readHead();
                                peer.send(OK);
                            }
                        })) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals(2, host.connections());
        }
    }

    @Test
    void aPostIsNotSentTwice() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send(OK);
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            Sent post = Sent.send(loop, cluster, "POST", true);
            assertEquals("UC connection_termination", post.outcome());
            assertEquals(1, host.connections());
        }
    }

    @Test
    void aHostThatClosesBeforeItsAnswerIsWholeIsAFailure() throws Exception {
        for (String half :
                new String[] {
                    "", "HTTP/1.1 200 OK\r\nContent-Le", OK.substring(0, OK.length() - 1)
                }) {
            try (RawHost host =
                    new RawHost(
                            peer -> {
                                peer.readHead();
                                peer.send(half);
                            })) {
                Sent sent = Sent.get(loop, cluster(host.port()));
                String failure =
                        half.endsWith("Le")
                                ? "UPE http1.head_cut_short"
                                : "UC connection_termination";
                assertEquals(failure, sent.outcome());
            }
        }
    }

    @Test
    void aResetIsAFailureEvenWhereTheAnswerEndsWithTheConnection() throws Exception {
        CountDownLatch headed = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.1 200 OK\r\n\r\nhalf");
                            Sent.await(headed);
                            peer.reset();
                        })) {
            Sent sent = Sent.get(loop, cluster(host.port()));
            Sent.await(sent.headed);
            headed.countDown();
            assertEquals("UC connection_termination", sent.outcome());
        }
    }

    @Test
    void whatIsNotHttpIsAFailure() throws Exception {
        try (RawHost host = RawHost.answering("SSH-2.0-OpenSSH\r\n")) {
            Cluster cluster = cluster(host.port());
            assertEquals("UPE http1.codec_error", Sent.get(loop, cluster).outcome());
            assertEquals(1, value(cluster, ClusterMetrics.CX_PROTOCOL_ERROR));
        }
        try (RawHost host =
                RawHost.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            Sent sent = Sent.get(loop, cluster(host.port()));
            assertEquals("UPE http1.content_length_and_chunked_not_allowed", sent.outcome());
        }
    }

    @Test
    void aPortWhereNobodyListensIsAConnectFailure() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Cluster cluster = cluster(port);
        assertEquals(
                "UF delayed connect error: Connection refused", Sent.get(loop, cluster).outcome());
        assertEquals(1, value(cluster, ClusterMetrics.CX_CONNECT_FAIL));
        assertEquals(0, value(cluster, ClusterMetrics.CX_ACTIVE));
        assertEquals(0, value(cluster, ClusterMetrics.RQ_PENDING_ACTIVE));
    }

    @Test
    void aHostThatDoesNotAcceptIsAConnectTimeout() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cluster cluster =
                    clusters.offer(settings("full", 200, "127.0.0.1:" + full.getLocalPort()));
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(Sent.get(loop, cluster));
            }
            boolean timeout = false;
            for (Sent one : sent.subList(2, 6)) {
                timeout |= one.outcome().equals("UF connection timeout");
            }
            assertTrue(timeout);
        }
    }

    @Test
    void aClusterWithoutHostsSaysSo() throws Exception {
        Cluster cluster = clusters.offer(settings("empty", 100));
        assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());
        Cluster nowhere = clusters.offer(settings("nowhere", 5000, "nowhere.invalid:80"));
        assertEquals("UH no_healthy_upstream", Sent.get(loop, nowhere).outcome());
        assertEquals(1, value(nowhere, ClusterMetrics.CX_NONE_HEALTHY));
    }
}
