package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.observe.ClusterMetrics;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts that a name stands for. */
class NamedHostsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

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
    void requestsWaitForTheFirstAnswer() throws Exception {
        BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
        try (RawHost host = RawHost.answering(OK)) {
            Clusters clusters = clusters((name, back, found) -> asked.add(found));
            Cluster cluster = clusters.offer(settings(host.port(), 5000, "a"));
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sent.add(Sent.get(loops.loop(i % 2), cluster));
            }
            assertFalse(sent.get(0).outcome.isDone());
            asked.take().found(new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
            for (Sent one : sent) {
                assertEquals("200 ok", one.outcome());
            }
            assertTrue(asked.isEmpty());
        }
    }

    @Test
    void aNameThatNobodyAnswersForIsWaitedForNoLongerThanForAConnection() throws Exception {
        Clusters clusters = clusters((name, back, found) -> {});
        Cluster cluster = clusters.offer(settings(80, 50, "a"));
        assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());
    }

    @Test
    void whatIsKnownServesWhileAnotherNameIsLookedUp() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Clusters clusters = clusters((name, back, found) -> {});
            Cluster cluster = clusters.offer(settings(host.port(), 5000, "slow", "127.0.0.1"));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void eachAddressOfANameIsAHost() throws Exception {
        Clusters clusters = clusters(answering("127.0.0.1", "127.0.0.2", "::1"));
        Cluster cluster = clusters.offer(settings(80, 5000, "a", "127.0.0.2"));
        assertEquals(
                List.of("127.0.0.1:80", "127.0.0.2:80", "[::1]:80"),
                Arrays.stream(cluster.hostStatuses()).map(HostStatus::address).toList());
    }

    @Test
    void aNameWhoseServerListensInOneFamilyOnlyIsServed() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Clusters clusters = clusters(answering("::1", "127.0.0.1"));
            Cluster cluster = clusters.offer(settings(host.port(), 5000, "localhost"));
            for (int i = 0; i < 20; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertTrue(cluster.metrics().value(ClusterMetrics.CX_CONNECT_FAIL) <= 1);
        }
    }

    @Test
    void aNameWhoseServerIsGoneIsAConnectFailureEachTime() throws Exception {
        int port;
        try (RawHost gone = RawHost.answering(OK)) {
            port = gone.port();
        }
        Clusters clusters = clusters(answering("::1", "127.0.0.1"));
        Cluster cluster = clusters.offer(settings(port, 5000, "localhost"));
        for (int i = 0; i < 5; i++) {
            assertTrue(Sent.get(loop, cluster).outcome().startsWith("UF "));
        }
    }

    @Test
    void anAnswerInAnotherOrderChangesNothing() throws Exception {
        BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
        Clusters clusters = clusters((name, back, found) -> asked.add(found));
        Cluster cluster = clusters.offer(settings(80, 5000, "a"));
        Names.Found found = asked.take();
        found.found(addresses("127.0.0.1", "127.0.0.2", "127.0.0.3"));
        HostSet before = cluster.hosts();

        found.found(addresses("127.0.0.2", "127.0.0.3", "127.0.0.1"));

        assertSame(before, cluster.hosts());
        found.found(addresses("127.0.0.2", "127.0.0.3", "127.0.0.4"));
        assertEquals("127.0.0.4:80", cluster.hostStatuses()[2].address());
    }

    @Test
    void aNameIsNotAskedForAgainWhileAnotherIsAwaited() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        Clusters clusters =
                clusters(
                        (name, back, found) -> {
                            lookUps.incrementAndGet();
                            if (name.equals("a")) {
                                found.found(addresses("127.0.0.1"));
                            }
                        });
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = clusters.offer(settings(host.port(), 5000, 0, "a", "slow"));
            for (int i = 0; i < 5; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertEquals(2, lookUps.get());
        }
    }

    @Test
    void aNameThatComesBackIsLookedUpBeforeItIsSentTo() throws Exception {
        BlockingQueue<Names.Found> asked = new LinkedBlockingQueue<>();
        Clusters clusters = clusters((name, back, found) -> asked.add(found));
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = clusters.offer(settings(host.port(), 5000, "a"));
            Names.Found ofOld = asked.take();
            ofOld.found(addresses("127.0.0.9"));
            clusters.offer(settings(host.port(), 5000, "b"));
            ofOld.found(addresses("127.0.0.9")); // somebody's answer comes late
            clusters.offer(settings(host.port(), 5000, "a"));
            Sent waiting = Sent.get(loop, cluster);

            asked.take(); // that of b
            asked.take().found(addresses("127.0.0.1"));

            assertEquals("200 ok", waiting.outcome());
        }
    }

    @Test
    void whatIsKnownOfANamesFamiliesOutlivesTheFailureOfAnotherHost() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Clusters clusters = clusters(answering("::1", "127.0.0.1"));
            Cluster cluster = clusters.offer(settings(host.port(), 5000, "localhost", "127.0.0.9"));
            for (int i = 0; i < 9; i++) {
                Sent.get(loop, cluster).outcome();
            }
            assertEquals(
                    List.of("127.0.0.1:" + host.port(), "127.0.0.9:" + host.port()),
                    Arrays.stream(cluster.hostStatuses()).map(HostStatus::address).toList());
        }
    }

    private static InetAddress[] addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static Clusters clusters(Names.LookUp names) {
        return new Clusters(loops, names);
    }

    private static Names.LookUp answering(String... addresses) {
        InetAddress[] answer = addresses(addresses);
        return (String name, Executor back, Names.Found found) ->
                back.execute(() -> found.found(answer));
    }

    private static ClusterSettings settings(int port, long timeoutMillis, String... names) {
        return settings(port, timeoutMillis, 5_000, names);
    }

    private static ClusterSettings settings(
            int port, long timeoutMillis, long refreshMillis, String... names) {
        List<EndpointAddress> endpoints = new ArrayList<>();
        for (String name : names) {
            endpoints.add(new EndpointAddress(name, port));
        }
        return new ClusterSettings(
                "named",
                endpoints,
                BalancerSettings.DEFAULT,
                timeoutMillis,
                ConnectionSettings.DEFAULT,
                HealthSettings.NONE,
                "",
                new DnsSettings(
                        false, refreshMillis, 0, 0, DnsSettings.Family.ALL, false, List.of()),
                BreakerSettings.DEFAULT);
    }
}
