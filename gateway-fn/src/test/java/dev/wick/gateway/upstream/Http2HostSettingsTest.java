package dev.wick.gateway.upstream;

import static dev.wick.gateway.upstream.FrameHost.HEADER_TABLE_SIZE;
import static dev.wick.gateway.upstream.FrameHost.INITIAL_WINDOW_SIZE;
import static dev.wick.gateway.upstream.FrameHost.MAX_CONCURRENT_STREAMS;
import static dev.wick.gateway.upstream.FrameHost.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SETTINGS of a host in the middle of a connection, while requests wait for it. */
class Http2HostSettingsTest extends Http2Hosts {

    private static final byte[] ONE_STREAM = FrameHost.settings(MAX_CONCURRENT_STREAMS, 1);

    /** Of one connection. */
    private Cluster cluster(FrameHost host) {
        BreakerSettings.Limits one =
                new BreakerSettings.Limits(1, 1_024, 1_024, 3, -1, 0, false, 1_024);
        return clusters.offer(
                new ClusterSettings(
                        "one",
                        List.of(new EndpointAddress("127.0.0.1", host.port())),
                        BalancerSettings.DEFAULT,
                        5_000,
                        settings(Http2Limits.DEFAULT, 0),
                        HealthSettings.NONE,
                        "",
                        DnsSettings.DEFAULT,
                        new BreakerSettings(one, one)));
    }

    private Sent post(Cluster cluster, String body) {
        CountDownLatch written = new CountDownLatch(1);
        Sent sent = Sent.send(loop, cluster, "POST", false).write(body).end();
        sent.on(request -> written.countDown());
        Sent.await(written);
        return sent;
    }

    /** What waits is written as the host makes room for it, not by a flush. */
    @Test
    void nothingOfARequestFollowsItsReset() throws Exception {
        try (FrameHost host = new FrameHost(FrameHost.settings(INITIAL_WINDOW_SIZE, 0))) {
            Cluster cluster = cluster(host);
            Sent first = Sent.get(loop, cluster);
            host.until("HEADERS 3");
            host.send(ok(3));
            assertEquals("200 ", first.outcome());
            CountDownLatch written = new CountDownLatch(1);
            Sent.send(loop, cluster, "POST", false).write("late").on(to -> written.countDown());
            Sent.await(written);
            host.until("HEADERS 5");
            host.send(ok(5), FrameHost.settings(INITIAL_WINDOW_SIZE, 100));
            host.until("RST_STREAM 5");
            Sent.get(loop, cluster);
            assertEquals(List.of("HEADERS 7"), host.until("HEADERS 7"));
        }
    }

    /** The end of one request, which the host makes room for, lets another begin. */
    @ParameterizedTest
    @ValueSource(ints = {30, 1_000})
    void aRequestThatWaitsBeginsOnceRoomWasMadeForTheOneBefore(int window) throws Exception {
        try (FrameHost host = new FrameHost(ONE_STREAM)) {
            Cluster cluster = cluster(host);
            Sent first = Sent.get(loop, cluster);
            host.until("HEADERS 3");
            host.send(FrameHost.settings(INITIAL_WINDOW_SIZE, 0), ok(3));
            assertEquals("200 ", first.outcome());
            Sent second = post(cluster, "late");
            host.until("HEADERS 5");
            Sent third = post(cluster, "0123456789".repeat(4));
            host.send(ok(5));
            assertEquals("200 ", second.outcome());
            host.send(FrameHost.settings(INITIAL_WINDOW_SIZE, window));
            assertEquals(List.of("DATA 5", "HEADERS 7", "DATA 7"), host.until("DATA 7"));
            host.send(ok(7));
            assertEquals("200 ", third.outcome());
        }
    }

    @Test
    void aRequestThatWaitsMeetsTheNewLimits() throws Exception {
        try (FrameHost host = new FrameHost(ONE_STREAM)) {
            Cluster cluster = cluster(host);
            Sent first = Sent.get(loop, cluster);
            host.until("HEADERS 3");
            host.send(ok(3));
            assertEquals("200 ", first.outcome()); // the host has said how many it takes
            Sent.send(loop, cluster, "POST", false);
            host.until("HEADERS 5");
            Sent.get(loop, cluster);
            host.send(ok(5), FrameHost.settings(MAX_CONCURRENT_STREAMS, 0, HEADER_TABLE_SIZE, 0));
            String begun = "HEADERS 3 of connection 2";
            assertEquals(List.of("RST_STREAM 5", begun), host.until(begun));
        }
    }
}
