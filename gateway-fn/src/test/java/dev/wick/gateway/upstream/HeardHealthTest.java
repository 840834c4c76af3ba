package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.health.CheckSettings;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.health.OutlierSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What others have found of hosts that are known only when their name was looked up. */
class HeardHealthTest extends ClusterHosts {

    private final BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
    private final Clusters named = new Clusters(loops, (name, back, found) -> asked.add(found));

    @Test
    void anEjectionIsBelievedForTheTimeThatIsLeft() throws Exception {
        heard(new HostHealth("127.0.0.1:80", false, true, 600_000, 500_000));
        Cluster cluster = named.offer(settings(80, new HealthSettings(List.of(), outliers())));

        asked.take().found(new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});

        assertEquals(Member.FAILED_OUTLIER_CHECK, cluster.hosts().hosts()[0].flags());
        HostHealth told = cluster.foundHealth().getFirst();
        assertTrue(told.leftMillis() > 400_000 && told.leftMillis() <= 500_000, told.toString());
    }

    @Test
    void aCheckIsBelievedUntilTheFirstFromHere() throws Exception {
        try (RawHost host = new RawHost(peer -> peer.read(1_000))) { // does not answer
            heard(new HostHealth("127.0.0.1:" + host.port(), true, false, 0, -1));
            Cluster cluster =
                    named.offer(settings(host.port(), new HealthSettings(List.of(check()), null)));

            asked.take().found(new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});

            until(() -> cluster.hosts().hosts()[0].flags() == Member.FAILED_ACTIVE_HC);
            until(() -> !cluster.health().warming());
        }
    }

    private void heard(HostHealth health) {
        named.heard(Map.of("c", List.of(health)));
    }

    private static OutlierSettings outliers() {
        OutlierSettings.Enforcing all =
                new OutlierSettings.Enforcing(100, 100, 100, 100, 100, 100, 100);
        return new OutlierSettings(
                5, 5, 5, 60_000, 30_000, 300_000, 0, 100, true, false, true, all, 5, 100, 1_900, 85,
                5, 50);
    }

    private static CheckSettings check() {
        CheckSettings.Http http =
                new CheckSettings.Http(false, "x", "/", "GET", List.of(200, 201), List.of());
        long hour = 3_600_000;
        return new CheckSettings(hour, hour, 0, 0, 0, 1, 1, true, hour, hour, hour, hour, http);
    }

    private static ClusterSettings settings(int port, HealthSettings health) {
        return new ClusterSettings(
                "c",
                List.of(new EndpointAddress("some.test", port)),
                BalancerSettings.DEFAULT,
                5_000,
                ConnectionSettings.DEFAULT,
                health,
                "",
                DnsSettings.DEFAULT,
                BreakerSettings.DEFAULT);
    }
}
