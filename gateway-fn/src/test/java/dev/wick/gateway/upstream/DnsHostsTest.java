package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.DnsSettings.Family;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts whose names are looked up at a DNS server. */
class DnsHostsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int LONG = 3_600;

    private static Loops loops;

    private final Loop loop = loops.loop(0);

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @Test
    void anAnswerCountsAsLongAsItSays() throws Exception {
        try (TinyDns dns = new TinyDns(LONG, "127.0.0.1");
                RawHost host = RawHost.answering(OK)) {
            // It would be asked for anew each millisecond but for the TTL.
            Cluster cluster = cluster(dns, host.port(), false, 1, true);
            for (int i = 0; i < 20; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
                Thread.sleep(2); // so that the refresh rate has passed
            }
            assertEquals(1, dns.queries());
        }
    }

    @Test
    void anAnswerThatIsTooOldIsAskedForWhenARequestComes() throws Exception {
        try (TinyDns dns = new TinyDns(LONG, "127.0.0.2");
                RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(dns, host.port(), false, 1, false);
            await(() -> addresses(cluster).equals(List.of("127.0.0.2:" + host.port())));
            dns.say(LONG, "127.0.0.1");
            Thread.sleep(20); // nobody asks while there are no requests
            assertEquals(1, dns.queries());
            await(
                    () -> {
                        Sent.get(loop, cluster).outcome();
                        return addresses(cluster).equals(List.of("127.0.0.1:" + host.port()));
                    });
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void aNameThatIsGoneKeepsItsAddressesAndIsAskedForLessOften() throws Exception {
        try (TinyDns dns = new TinyDns(LONG, "127.0.0.1");
                RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(dns, host.port(), false, 1, false);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            dns.say(LONG);
            await(
                    () -> {
                        Sent.get(loop, cluster).outcome();
                        return cluster.metrics().value(ClusterMetrics.UPDATE_FAILURE) > 0;
                    });
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void aLogicalNameIsOneHostThatMoves() throws Exception {
        try (TinyDns dns = new TinyDns(LONG, "127.0.0.1", "127.0.0.2");
                RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(dns, host.port(), true, 1, false);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals(List.of("127.0.0.1:" + host.port()), addresses(cluster));
            dns.say(LONG, "127.0.0.3");
            await(
                    () -> {
                        // On the connection that there is, wherever new ones would go.
                        assertEquals("200 ok", Sent.get(loop, cluster).outcome());
                        return addresses(cluster).equals(List.of("127.0.0.3:" + host.port()));
                    });
            assertEquals(1, cluster.metrics().value(ClusterMetrics.CX_TOTAL));
        }
    }

    @Test
    void failuresRestLongerAndLongerUpToALimit() {
        DnsSettings dns = new DnsSettings(false, 5_000, 100, 250, Family.ALL, false, List.of());
        for (int i = 1; i < 40; i++) {
            long rest = dns.failureMillis(i);
            assertTrue(rest >= 1 && rest <= Math.min(250, 100L << Math.min(i - 1, 2)), "" + rest);
        }
        assertEquals(5_000, DnsSettings.DEFAULT.failureMillis(3));
        assertEquals(5_000, DnsSettings.DEFAULT.restMillis(7));
    }

    private static List<String> addresses(Cluster cluster) {
        return Arrays.stream(cluster.hostStatuses()).map(HostStatus::address).toList();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "not within 10 s");
            Thread.sleep(2);
        }
    }

    private static Cluster cluster(
            TinyDns dns, int port, boolean logical, long refreshMillis, boolean respectsTtl) {
        List<InetSocketAddress> servers = List.of(dns.address());
        ClusterSettings settings =
                new ClusterSettings(
                        "dns",
                        List.of(new EndpointAddress("some.test", port)),
                        BalancerSettings.DEFAULT,
                        5_000,
                        ConnectionSettings.DEFAULT,
                        HealthSettings.NONE,
                        "",
                        new DnsSettings(
                                logical, refreshMillis, 50, 500, Family.ALL, respectsTtl, servers),
                        BreakerSettings.DEFAULT);
        Names.LookUp nobody =
                (name, back, found) -> {
                    throw new AssertionError("asked the machine for " + name);
                };
        return new Clusters(loops, nobody).offer(settings);
    }
}
