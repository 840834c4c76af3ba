package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ClusterMetrics;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies both ways, and when a connection is used again after them. */
class ClusterAnswersTest extends ClusterHosts {

    @Test
    void aBodyGoesToTheHostAndItsAnswerComesBack() throws Exception {
        CompletableFuture<String> got = new CompletableFuture<>();
        try (RawHost host =
                new RawHost(
                        peer -> {
                            String head = peer.readHead();
                            got.complete(
                                    head + peer.read("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".length()));
                            peer.send(
                                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n"
                                            + "Transfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n");
                            peer.readHead();
                        })) {
            Sent sent = Sent.send(loop, cluster(host.port()), "POST", false, "x", "y");
            assertEquals("100 201 xy", sent.write("abc").write("de").end().outcome());
            assertEquals(
                    "POST / HTTP/1.1\r\nhost: test\r\nx: y\r\ntransfer-encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                    got.get());
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsWhole() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.0 200 OK\r\n\r\nuntil the end");
                        })) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 until the end", Sent.get(loop, cluster).outcome());
            assertEquals("200 until the end", Sent.get(loop, cluster).outcome());
            assertEquals(2, host.connections());
        }
    }

    @Test
    void aConnectionThatIsToBeClosedIsNotUsedAgain() throws Exception {
        try (RawHost host =
                RawHost.answering(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals(2, host.connections());
        }
    }

    @Test
    void aConnectionWithMoreThanTheAnswerIsNotUsedAgain() throws Exception {
        try (RawHost host =
                RawHost.answering(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")) {
            Cluster cluster = cluster(host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals(2, host.connections());
        }
    }

    @Test
    void aGivenUpRequestTakesItsConnectionWithIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nha");
                            if (peer.readHead() == null) {
                                gone.countDown();
                            }
                        })) {
            Cluster cluster = cluster(host.port());
            Sent sent = Sent.get(loop, cluster);
            Sent.await(sent.headed);
            sent.on(UpstreamRequest::reset);
            Sent.await(gone);
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
            assertFalse(sent.outcome.isDone());
            assertEquals(1, value(cluster, ClusterMetrics.RQ_TX_RESET));
            assertEquals(0, value(cluster, ClusterMetrics.RQ_ACTIVE));
        }
    }

    @Test
    void anAnswerMayComeBeforeTheRequestIsWhole() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                        })) {
            Cluster cluster = cluster(host.port());
            Sent sent = Sent.send(loop, cluster, "POST", false, "content-length", "100000000");
            sent.write("x".repeat(100_000));
            assertEquals("413 big", sent.outcome());
            sent.write("x".repeat(100_000)).end();
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
        }
    }

    @Test
    void aBodyLongerThanItsLengthNeverReachesTheHost() throws Exception {
        CompletableFuture<String> rest = new CompletableFuture<>();
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            byte[] some = new byte[100];
                            int length = peer.readSome(some);
                            rest.complete(new String(some, 0, Math.max(0, length)));
                        })) {
            Sent sent = Sent.send(loop, cluster(host.port()), "POST", false, "content-length", "3");
            sent.write("GET / HTTP/1.1").end();
            assertEquals("UPE request body: longer than its content-length", sent.outcome());
            assertEquals("", rest.get());
        }
    }

    @Test
    void aSlowHostStopsTheSenderAndASlowExchangeTheHost() throws Exception {
        AtomicLong received = new AtomicLong();
        CountDownLatch read = new CountDownLatch(1);
        long length = 64L << 20;
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            Sent.await(read);
                            byte[] some = new byte[65536];
                            while (received.get() < length) {
                                received.addAndGet(peer.readSome(some));
                            }
                            peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                            for (long sent = 0; sent < length; sent += some.length) {
                                peer.send(some);
                            }
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port());
            Sent sent =
                    Sent.send(loop, cluster, "POST", false, "content-length", Long.toString(length))
                            .countingAfterAPause();
            AtomicLong written = new AtomicLong();
            CountDownLatch stopped = new CountDownLatch(1);
            Runnable writer = () -> fill(sent.request(), written, length, stopped);
            sent.onWritable(writer);
            loop.execute(writer);
            Sent.await(stopped);
            assertTrue(
                    written.get() < 32 << 20, "written to a host that does not read: " + written);
            read.countDown();
            Sent.await(sent.headed);
            long before = settled(sent.octets);
            assertTrue(before < 32 << 20, "read for an exchange that has paused: " + before);
            sent.on(UpstreamRequest::resume);
            assertEquals("200 ", sent.outcome());
            assertEquals(length, sent.octets.get());
            assertEquals(length, received.get());
        }
    }

    private static void fill(
            UpstreamRequest to, AtomicLong written, long length, CountDownLatch stopped) {
        byte[] part = new byte[16384];
        while (written.get() < length) {
            written.addAndGet(part.length);
            if (!to.write(Unpooled.wrappedBuffer(part)) && written.get() < length) {
                stopped.countDown();
                return;
            }
        }
        to.end(null);
    }

    /** The number once it no longer changes. */
    private static long settled(AtomicLong number) throws InterruptedException {
        long before = -1;
        while (before != number.get()) {
            before = number.get();
            Thread.sleep(200);
        }
        return before;
    }
}
