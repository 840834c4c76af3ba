package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.observe.BreakerGauge;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.http.NameFormat;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which pools count as such where there may be so many: those with connections. */
class PoolPlacesTest extends ClusterHosts {

    private static final ProxiedConnection ALICE = client(1);
    private static final ProxiedConnection BOB = client(2);
    private static final String ONCE = OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    private static ProxiedConnection client(int port) {
        InetSocketAddress to = new InetSocketAddress("198.51.100.1", 443);
        return new ProxiedConnection(new InetSocketAddress("192.0.2.7", port), to);
    }

    /**
     * @param places for pools
     * @param hosts how many there are, at 127.0.0.1 and on
     */
    private Cluster cluster(int port, int hosts, long places, double predictive, int proxyVersion) {
        List<EndpointAddress> endpoints = new ArrayList<>();
        for (int i = 1; i <= hosts; i++) {
            endpoints.add(new EndpointAddress("127.0.0." + i, port));
        }
        SocketSettings socket =
                new SocketSettings(1, predictive, null, false, 0, 0, 0, 1024 * 1024, proxyVersion);
        ConnectionSettings connections =
                new ConnectionSettings(
                        UpstreamHttp.HTTP1,
                        3_600_000,
                        0,
                        0,
                        0,
                        false,
                        NameFormat.LOWER,
                        ConnectionSettings.Http2Limits.DEFAULT,
                        socket);
        ClusterSettings some =
                new ClusterSettings(
                        "places", endpoints, BalancerSettings.DEFAULT, 5000, connections);
        return clusters.offer(
                new ClusterSettings(
                        some.name(),
                        some.endpoints(),
                        some.balancing(),
                        some.connectTimeoutMillis(),
                        some.connections(),
                        some.health(),
                        some.endpointsName(),
                        some.dns(),
                        new BreakerSettings(
                                new BreakerSettings.Limits(
                                        1_024, 1_024, 1_024, 3, -1, 0, true, places),
                                BreakerSettings.Limits.DEFAULT)));
    }

    private static long left(Cluster cluster) {
        return cluster.breaker(false).shown(BreakerGauge.REMAINING_CX_POOLS);
    }

    @Test
    void thePoolForAllClientsOfAHostThatIsToldWhoseTheyAreTakesNone() throws Exception {
        try (RawHost host = RawHost.answering(ONCE)) {
            Cluster cluster = cluster(host.port(), 1, 1, 1, 1);
            for (ProxiedConnection client : List.of(ALICE, BOB, ALICE)) {
                assertEquals("200 ok", Sent.get(loop, cluster, client).outcome());
                until(() -> left(cluster) == 1);
            }
        }
    }

    @Test
    void aClientForWhichThereIsNoneLeavesNothing() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(host.port(), 1, 0, 1, 1);
            assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster, ALICE).outcome());
            assertNull(onLoop(() -> known(cluster, 0)));
        }
    }

    @Test
    void ofTheHostsThatAreThoughtOfThoseTakeOneThatAreConnectedTo() throws Exception {
        Cluster cluster = cluster(9, 10, 100, 1.5, 0);
        long left =
                onLoop(
                        () -> {
                            look(cluster);
                            return left(cluster);
                        });
        assertTrue(left >= 97, "left " + left);
        until(() -> left(cluster) == 100);
    }

    @Test
    void aPoolThatWasMadeInForesightAndInVainIsForgotten() throws Exception {
        Cluster cluster = cluster(9, 1, 100, 1.5, 0);
        Pool known =
                onLoop(
                        () -> {
                            cluster.hosts().hosts()[0].remove();
                            look(cluster);
                            return known(cluster, 0);
                        });
        assertNull(known);
        assertEquals(100, left(cluster));
    }

    @Test
    void nothingIsForeseenWhereHostsAreToldWhoseConnectionsAre() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(host.port(), 1, 100, 3, 1);
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            assertEquals(1, value(cluster, ClusterMetrics.CX_TOTAL));
        }
    }

    private void look(Cluster cluster) {
        Foresight.look(cluster.hosts(), here(cluster), Speech.HTTP1, false, 1.5);
    }

    private Pool known(Cluster cluster, int host) {
        return cluster.hosts().hosts()[host].known(here(cluster), Speech.HTTP1, false);
    }

    private ClusterOnLoop here(Cluster cluster) {
        return new ClusterOnLoop(loop, loops.channel(), cluster);
    }

    private <T> T onLoop(Supplier<T> asked) throws Exception {
        return CompletableFuture.supplyAsync(asked, loop).get(10, TimeUnit.SECONDS);
    }
}
