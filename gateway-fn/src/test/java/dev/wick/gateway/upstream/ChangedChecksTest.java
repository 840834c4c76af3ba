package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.health.CheckSettings;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.observe.ClusterMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Clusters whose hosts are checked from now on, otherwise, or no more; without a panic. */
class ChangedChecksTest extends ClusterHosts {

    private static final int LEFT = Member.FAILED_ACTIVE_HC | Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL;
    private static final int NEW = Member.FAILED_ACTIVE_HC | Member.PENDING_ACTIVE_HC;

    @Test
    void hostsServeOnWhileOtherChecksAreNotAnswered() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster = clusters.offer(settings(asked("/ok"), "127.0.0.1", host.port()));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());

            clusters.offer(settings(asked("/hangs"), "127.0.0.1", host.port()));

            until(() -> value(cluster, ClusterMetrics.HEALTH_CHECK_ATTEMPT) == 2);
            for (int i = 0; i < 3; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertEquals(1, value(cluster, ClusterMetrics.HEALTH_CHECK_HEALTHY));
        }
    }

    @Test
    void aHostThatFailedStaysOutUntilOtherChecksAreAnswered() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster = clusters.offer(settings(asked("/no"), "127.0.0.1", host.port()));
            assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());

            clusters.offer(settings(asked("/hangs"), "127.0.0.1", host.port()));

            until(() -> value(cluster, ClusterMetrics.HEALTH_CHECK_ATTEMPT) == 2);
            assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());
            clusters.offer(settings(asked("/ok"), "127.0.0.1", host.port()));
            until(() -> flags(cluster) == 0);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void theFirstChecksOfAClusterThatIsServedHoldNothingUp() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster =
                    clusters.offer(settings(HealthSettings.NONE, "127.0.0.1", host.port()));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());

            clusters.offer(settings(asked("/hangs"), "127.0.0.1", host.port()));

            until(() -> value(cluster, ClusterMetrics.HEALTH_CHECK_ATTEMPT) == 1);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void aHostThatAsksForNoMoreRequestsIsOutAtOnce() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster = clusters.offer(settings(asked("/ok"), "127.0.0.1", host.port()));
            Sent leaving = Sent.send(loop, cluster, "GET", true, "x-leave", "1");
            assertEquals("200 ok", leaving.outcome());

            until(() -> flags(cluster) == LEFT);

            until(() -> Sent.get(loop, cluster).outcome.join().equals("UH no_healthy_upstream"));
            assertEquals(1, value(cluster, ClusterMetrics.HEALTH_CHECK_ATTEMPT));
            assertEquals(1, value(cluster, ClusterMetrics.HEALTH_CHECK_PASSIVE_FAILURE));
            assertEquals(0, value(cluster, ClusterMetrics.HEALTH_CHECK_HEALTHY));
        }
    }

    @Test
    void aHostThatAskedForNoMoreRequestsIsBackWhenItsChecksSucceed() throws Exception {
        try (RawHost host = host()) {
            CheckSettings.Http http =
                    new CheckSettings.Http(false, "x", "/ok", "GET", List.of(200, 201), List.of());
            HealthSettings often =
                    new HealthSettings(
                            List.of(
                                    new CheckSettings(
                                            5_000, 20, 0, 0, 0, 1, 2, true, 20, 20, 20, 20, http)),
                            null);
            Cluster cluster = clusters.offer(settings(often, "127.0.0.1", host.port()));
            Sent leaving = Sent.send(loop, cluster, "GET", true, "x-leave", "1");
            assertEquals("200 ok", leaving.outcome());

            until(() -> value(cluster, ClusterMetrics.HEALTH_CHECK_PASSIVE_FAILURE) == 1);

            until(() -> flags(cluster) == 0);
            until(() -> Sent.get(loop, cluster).outcome.join().equals("200 ok"));
        }
    }

    @Test
    void aHostThatComesWithTheFirstChecksIsCheckedBeforeItIsServed() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster = clusters.offer(settings(HealthSettings.NONE, "127.0.0.9", 9));

            clusters.offer(settings(asked("/hangs"), "127.0.0.1", host.port()));

            assertEquals(NEW, flags(cluster));
        }
    }

    @Test
    void theHostsOfANameAreCheckedBeforeTheFirstRequestGoesToThem() throws Exception {
        BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
        Clusters named = new Clusters(loops, (name, back, found) -> asked.add(found));
        try (RawHost host = host()) {
            Cluster cluster = named.offer(settings(asked("/ok"), "some.test", host.port()));
            Sent waiting = Sent.get(loop, cluster);

            asked.take().found(new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});

            assertEquals("200 ok", waiting.outcome());
        }
    }

    @Test
    void aNameWithoutAddressesIsNotWaitedFor() throws Exception {
        Clusters named =
                new Clusters(loops, (name, back, found) -> found.found(new InetAddress[0]));
        Cluster cluster = named.offer(settings(asked("/ok"), "none.test", 80));
        until(() -> !cluster.health().warming());
        assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());
    }

    @Test
    void aHostThatCameAsChecksEndedIsNotHeldAsUnchecked() throws Exception {
        try (RawHost host = host()) {
            Cluster cluster = clusters.offer(settings(asked("/ok"), "127.0.0.1", host.port()));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            clusters.offer(settings(HealthSettings.NONE, "127.0.0.1", host.port()));

            // As by a thread that saw the checks still there, and tells of its hosts only now.
            cluster.hosts().hosts()[0].flag(NEW, true);
            cluster.health().members();

            until(() -> flags(cluster) == 0);
            until(() -> Sent.get(loop, cluster).outcome.join().equals("200 ok"));
        }
    }

    @Test
    void allHostsAreCheckedThatCameWhileChecksChanged() throws Exception {
        InetAddress[] one = {InetAddress.ofLiteral("127.0.0.1")};
        InetAddress[] both = {one[0], InetAddress.ofLiteral("127.0.0.2")};
        BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
        Clusters named = new Clusters(loops, (name, back, found) -> asked.add(found));
        try (RawHost host = host()) {
            Cluster cluster = named.offer(settings(asked("/ok"), "some.test", host.port()));
            Names.Found found = asked.take();
            for (int i = 0; i < 200; i++) {
                found.found(one);
                Thread dns = Thread.ofPlatform().start(() -> found.found(both));
                String path = i % 2 == 0 ? "/other" : "/ok";
                named.offer(settings(asked(path), "some.test", host.port()));
                dns.join();
                // The second listens nowhere, so that its first check is over soon, and not well.
                until(() -> (flags(cluster) & NEW) == Member.FAILED_ACTIVE_HC);
            }
        }
    }

    private static final String LEAVING = "\r\nx-envoy-immediate-health-check-fail: 1\r\n";

    /** Of all hosts together. */
    private static int flags(Cluster cluster) {
        Host[] hosts = cluster.hosts().hosts();
        return Arrays.stream(hosts).mapToInt(Host::flags).reduce(0, (one, other) -> one | other);
    }

    private static RawHost host() throws IOException {
        return new RawHost(
                peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        if (head.contains("/hangs")) {
                            peer.read(1); // until it is closed
                        }
                        String answer = head.contains("/no") ? OK.replace("200", "500") : OK;
                        boolean leaves = head.contains("x-leave");
                        peer.send(leaves ? answer.replaceFirst("\r\n", LEAVING) : answer);
                    }
                });
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

    private static ClusterSettings settings(HealthSettings health, String address, int port) {
        BalancerSettings withoutPanic =
                new BalancerSettings(
                        LbPolicy.ROUND_ROBIN,
                        2,
                        1,
                        null,
                        1_024,
                        8_388_608,
                        false,
                        65_537,
                        false,
                        0,
                        false,
                        140,
                        false,
                        Map.of(),
                        null);
        return new ClusterSettings(
                "c",
                List.of(new EndpointAddress(address, port)),
                withoutPanic,
                5_000,
                ConnectionSettings.DEFAULT,
                health,
                "",
                DnsSettings.DEFAULT,
                BreakerSettings.DEFAULT);
    }
}
