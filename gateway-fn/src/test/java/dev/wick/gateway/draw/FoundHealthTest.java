package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.feed.HostHealth;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.health.OutlierSettings;
import dev.wick.gateway.upstream.BreakerSettings;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.gateway.upstream.ConnectionSettings;
import dev.wick.gateway.upstream.DnsSettings;
import dev.wick.gateway.upstream.EndpointAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of hosts where there are more than are told of. */
class FoundHealthTest {

    @Test
    void thoseThatAreWellMakeRoomForThoseThatAreNot() {
        try (Loops loops = Loops.start(1)) {
            Clusters clusters = new Clusters(loops);
            clusters.heard(
                    Map.of(
                            "c",
                            List.of(
                                    new dev.wick.gateway.upstream.HostHealth(
                                            "127.0.0.1:1200", false, true, 0, 60_000))));
            clusters.offer(settings());

            List<HostHealth> found = new Health(clusters).found();

            assertEquals(1_000, found.size());
            assertEquals("127.0.0.1:1200", found.getFirst().address());
            assertTrue(found.getFirst().ejected());
        }
    }

    private static ClusterSettings settings() {
        OutlierSettings.Enforcing all =
                new OutlierSettings.Enforcing(100, 100, 100, 100, 100, 100, 100);
        OutlierSettings outliers =
                new OutlierSettings(
                        5, 5, 5, 60_000, 30_000, 300_000, 0, 100, true, false, true, all, 5, 100,
                        1_900, 85, 5, 50);
        return new ClusterSettings(
                "c",
                IntStream.rangeClosed(1, 1_200)
                        .mapToObj(port -> new EndpointAddress("127.0.0.1", port))
                        .toList(),
                BalancerSettings.DEFAULT,
                5_000,
                ConnectionSettings.DEFAULT,
                new HealthSettings(List.of(), outliers),
                "",
                DnsSettings.DEFAULT,
                BreakerSettings.DEFAULT);
    }
}
