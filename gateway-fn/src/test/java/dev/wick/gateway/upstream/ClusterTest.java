package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.observe.ClusterMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which connection and which host a request gets, and how many there may be. */
class ClusterTest extends ClusterHosts {

    @Test
    void requestsInARowUseOneConnection() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(host.port());
            for (int i = 0; i < 5; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertEquals(1, host.connections());
            assertEquals(5, value(cluster, ClusterMetrics.RQ_TOTAL));
            assertEquals(1, value(cluster, ClusterMetrics.CX_TOTAL));
            assertEquals(0, value(cluster, ClusterMetrics.RQ_ACTIVE));
            assertEquals(1, value(cluster, ClusterMetrics.CX_ACTIVE));
        }
    }

    @Test
    void requestsAtOnceUseAsManyConnections() throws Exception {
        CountDownLatch all = new CountDownLatch(10);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            all.countDown();
                            Sent.await(all);
                            peer.send(OK);
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port());
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sent.add(Sent.get(loops.loop(i % 2), cluster));
            }
            for (Sent one : sent) {
                assertEquals("200 ok", one.outcome());
            }
            assertEquals(10, host.connections());
        }
    }

    @Test
    void aNameIsLookedUpAndTheRequestWaits() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = clusters.offer(settings("named", 5000, "localhost:" + host.port()));
            for (int i = 0; i < 10; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
        }
    }

    @Test
    void roundRobinTakesOneHostAfterTheOther() throws Exception {
        try (RawHost one = RawHost.answering(OK.replace("ok", "11"));
                RawHost two = RawHost.answering(OK.replace("ok", "22"));
                RawHost three = RawHost.answering(OK.replace("ok", "33"))) {
            Cluster cluster =
                    clusters.offer(
                            settings(
                                    "three",
                                    5000,
                                    "127.0.0.1:" + one.port(),
                                    "127.0.0.1:" + two.port(),
                                    "127.0.0.1:" + three.port()));
            StringBuilder order = new StringBuilder();
            for (int i = 0; i < 9; i++) {
                order.append(Sent.get(loop, cluster).outcome().charAt(4));
            }
            assertTrue("123123123123".contains(order), order.toString());
        }
    }

    @Test
    void leastRequestSparesTheHostThatIsBusy() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawHost slow =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    Sent.await(done);
                                    peer.send(OK);
                                });
                RawHost quick = RawHost.answering(OK)) {
            ClusterSettings settings =
                    new ClusterSettings(
                            "least",
                            List.of(
                                    new EndpointAddress("127.0.0.1", slow.port()),
                                    new EndpointAddress("127.0.0.1", quick.port())),
                            BalancerSettings.of(LbPolicy.LEAST_REQUEST),
                            5000);
            Cluster cluster = clusters.offer(settings);
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Sent one = Sent.get(loop, cluster);
                if (one.request().host().text().endsWith(":" + quick.port())) {
                    assertEquals("200 ok", one.outcome());
                } else {
                    sent.add(one);
                }
            }
            // Two draws of the slow one in four go to it by chance alone; by its load it is spared
            // but when it is drawn twice.
            assertTrue(sent.size() < 100, "to the busy host: " + sent.size());
            done.countDown();
        }
    }

    @Test
    void changedEndpointsKeepTheConnectionsOfThoseThatStay() throws Exception {
        try (RawHost stays = RawHost.answering(OK);
                RawHost goes = RawHost.answering(OK);
                RawHost comes = RawHost.answering(OK)) {
            String staying = "127.0.0.1:" + stays.port();
            Cluster cluster =
                    clusters.offer(settings("changing", 5000, staying, "127.0.0.1:" + goes.port()));
            Sent.get(loop, cluster).outcome();
            Sent.get(loop, cluster).outcome();
            assertEquals(2, value(cluster, ClusterMetrics.CX_ACTIVE));
            assertSame(
                    cluster,
                    clusters.offer(
                            settings("changing", 5000, "127.0.0.1:" + comes.port(), staying)));
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 1);
            for (int i = 0; i < 4; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertEquals(1, stays.connections());
            assertEquals(1, goes.connections());
            assertEquals(1, comes.connections());
            assertEquals(2, value(cluster, ClusterMetrics.MEMBERSHIP_TOTAL));
        }
    }

    @Test
    void aRetiredClusterFinishesWhatRuns() throws Exception {
        CountDownLatch retired = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
                            Sent.await(retired);
                            peer.send("k");
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port());
            Sent sent = Sent.get(loop, cluster);
            Sent.await(sent.headed);
            clusters.retire(cluster.name());
            assertNull(clusters.find(cluster.name()));
            retired.countDown();
            assertEquals("200 ok", sent.outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
            assertNotSame(cluster, clusters.offer(cluster.settings()));
        }
    }

    @Test
    void aRequestBeyondTheConnectionsWaitsForOne() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            while (peer.readHead() != null) {
                                Sent.await(done);
                                peer.send(OK);
                            }
                        })) {
            Cluster cluster = cluster(host.port());
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < BreakerSettings.DEFAULT.normal().connections(); i++) {
                sent.add(Sent.get(loop, cluster));
            }
            until(
                    () ->
                            value(cluster, ClusterMetrics.RQ_ACTIVE)
                                    == BreakerSettings.DEFAULT.normal().connections());
            sent.add(Sent.get(loop, cluster));
            until(() -> value(cluster, ClusterMetrics.RQ_PENDING_ACTIVE) == 1);
            assertEquals(1, value(cluster, ClusterMetrics.CX_OVERFLOW));
            done.countDown();
            for (Sent one : sent) {
                assertEquals("200 ok", one.outcome());
            }
            assertEquals(0, value(cluster, ClusterMetrics.RQ_ACTIVE));
        }
    }

    @Test
    void aConnectionWithNothingToCarryIsClosedInTheEnd() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = clusters.offer(settings(host.port(), connections(60, 0, 0)));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            until(() -> value(cluster, ClusterMetrics.CX_ACTIVE) == 0);
            assertEquals(1, value(cluster, ClusterMetrics.CX_IDLE_TIMEOUT));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }
}
