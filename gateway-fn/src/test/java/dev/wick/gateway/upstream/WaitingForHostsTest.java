package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.health.CheckSettings;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.observe.ClusterMetrics;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that come before the hosts of their cluster are known, or known to be well. */
class WaitingForHostsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void noMoreWaitThanMayWaitForAConnection() throws Exception {
        Clusters clusters = new Clusters(loops, (name, back, found) -> {});
        BreakerSettings two =
                new BreakerSettings(
                        new BreakerSettings.Limits(1_024, 2, 1_024, 3, -1, 0, false, 1_024),
                        BreakerSettings.Limits.DEFAULT);
        Cluster cluster =
                clusters.offer(settings("name.test", 80, 1_000, HealthSettings.NONE, two));
        Sent first = Sent.get(loop, cluster);
        Sent second = Sent.get(loop, cluster);
        assertEquals("UO overflow", Sent.get(loop, cluster).outcome());
        assertEquals(1, cluster.metrics().value(ClusterMetrics.RQ_PENDING_OVERFLOW));
        assertEquals("UH no_healthy_upstream", first.outcome());
        assertEquals("UH no_healthy_upstream", second.outcome());
    }

    @Test
    void theyGoOnWhenTheirHostsAreAskedOtherwise() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            String head = peer.readHead();
                            if (head != null && head.contains("/first")) {
                                peer.read(1); // does not answer
                            }
                            peer.send(OK);
                        })) {
            Clusters clusters = new Clusters(loops);
            BreakerSettings any = BreakerSettings.DEFAULT;
            Cluster cluster =
                    clusters.offer(
                            settings("127.0.0.1", host.port(), 600_000, asked("/first"), any));
            Sent waiting = Sent.get(loop, cluster);
            clusters.offer(settings("127.0.0.1", host.port(), 600_000, asked("/second"), any));
            assertEquals("200 ok", waiting.outcome());
        }
    }

    private static HealthSettings asked(String path) {
        CheckSettings.Http http =
                new CheckSettings.Http(false, "x", path, "GET", List.of(200, 201), List.of());
        long hour = 3_600_000;
        return new HealthSettings(
                List.of(
                        new CheckSettings(
                                hour, hour, 0, 0, 0, 1, 1, true, hour, hour, hour, hour, http)),
                null);
    }

    private static ClusterSettings settings(
            String address,
            int port,
            long connectMillis,
            HealthSettings health,
            BreakerSettings breakers) {
        return new ClusterSettings(
                "c",
                List.of(new EndpointAddress(address, port)),
                BalancerSettings.DEFAULT,
                connectMillis,
                ConnectionSettings.DEFAULT,
                health,
                "",
                DnsSettings.DEFAULT,
                breakers);
    }
}
