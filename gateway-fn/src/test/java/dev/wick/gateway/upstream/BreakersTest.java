package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.health.OutlierSettings;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.upstream.BreakerSettings.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a cluster takes at once, by priority, at a real host. */
class BreakersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final BalancerSettings NEVER_IN_PANIC =
            new BalancerSettings(
                    LbPolicy.ROUND_ROBIN,
                    2,
                    1,
                    null,
                    1,
                    1,
                    false,
                    2,
                    false,
                    0,
                    false,
                    140,
                    false,
                    Map.of(),
                    null);

    private static Loops loops;

    private final Clusters clusters = new Clusters(loops);
    private final Loop loop = loops.loop(0);
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @Test
    void eachPriorityHasItsOwnRequests() throws Exception {
        try (RawHost host = waiting()) {
            Cluster cluster = cluster(limits(9, 1), limits(9, 2), host.port());
            Sent first = Sent.get(loop, cluster);
            until(() -> shown(cluster).get("default.rq_open") == 1);

            assertEquals("UO overflow", Sent.get(loops.loop(1), cluster).outcome());
            Sent one = Sent.high(loop, cluster);
            Sent two = Sent.high(loops.loop(1), cluster);
            until(() -> shown(cluster).get("high.rq_open") == 1);
            assertEquals("UO overflow", Sent.high(loop, cluster).outcome());

            assertEquals(2, cluster.metrics().value(ClusterMetrics.RQ_ACTIVE_OVERFLOW));
            assertEquals(3, cluster.metrics().value(ClusterMetrics.RQ_ACTIVE));
            answer.countDown();
            assertEquals("200 ok", first.outcome());
            assertEquals("200 ok", one.outcome());
            assertEquals("200 ok", two.outcome());
            until(() -> shown(cluster).get("high.rq_open") == 0);
            assertEquals(0, shown(cluster).get("default.rq_open"));
        }
    }

    @Test
    void thoseThatWaitedForAConnectionAreRequestsToo() throws Exception {
        try (RawHost host = waiting()) {
            Cluster cluster = cluster(limits(9, 2), Limits.DEFAULT, host.port());
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sent.add(Sent.get(loop, cluster));
            }
            until(() -> sent.stream().filter(one -> one.outcome.isDone()).count() == 3);
            assertEquals(2, cluster.metrics().value(ClusterMetrics.RQ_ACTIVE));
            assertEquals(3, cluster.metrics().value(ClusterMetrics.RQ_ACTIVE_OVERFLOW));
            answer.countDown();
            Map<String, Integer> outcomes = new TreeMap<>();
            for (Sent one : sent) {
                outcomes.merge(one.outcome(), 1, Integer::sum);
            }
            assertEquals("{200 ok=2, UO overflow=3}", outcomes.toString());
        }
    }

    @Test
    void eachPriorityHasItsOwnConnections() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(limits(1, 9), limits(9, 9), host.port());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals(1, host.connections());

            assertEquals("200 ok", Sent.high(loop, cluster).outcome());
            assertEquals("200 ok", Sent.high(loop, cluster).outcome());

            assertEquals(2, host.connections());
            Map<String, Long> shown = shown(cluster);
            assertEquals(1, shown.get("default.cx_open"));
            assertEquals(0, shown.get("high.cx_open"));
            assertEquals(0, shown.get("default.remaining_cx"));
            assertEquals(8, shown.get("high.remaining_cx"));
        }
    }

    @Test
    void whatIsLeftIsShownOnlyWhereItIsTracked() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            Cluster cluster = cluster(Limits.DEFAULT, limits(3, 4), host.port());
            assertEquals(
                    "[default.cx_open, default.cx_pool_open, default.rq_open,"
                            + " default.rq_pending_open, default.rq_retry_open, high.cx_open,"
                            + " high.cx_pool_open, high.remaining_cx, high.remaining_cx_pools,"
                            + " high.remaining_pending, high.remaining_retries, high.remaining_rq,"
                            + " high.rq_open, high.rq_pending_open, high.rq_retry_open]",
                    shown(cluster).keySet().toString());
            assertEquals(4, shown(cluster).get("high.remaining_rq"));
            assertEquals(7, shown(cluster).get("high.remaining_retries"));
        }
    }

    @Test
    void retriesAreCountedByPriority() {
        Cluster cluster = cluster(Limits.DEFAULT, limits(9, 9), 9);
        for (int i = 0; i < 3; i++) {
            assertTrue(cluster.mayRetry(false));
        }
        assertTrue(!cluster.mayRetry(false));
        assertEquals(1, shown(cluster).get("default.rq_retry_open"));
        for (int i = 0; i < 7; i++) {
            assertTrue(cluster.mayRetry(true));
        }
        assertTrue(!cluster.mayRetry(true));
        cluster.retryOver(false);
        assertTrue(cluster.mayRetry(false));
    }

    @Test
    void aPoolBeyondTheLimitIsNotMadeUntilAnotherHasGone() throws Exception {
        Limits one = new Limits(9, 9, 9, 3, -1, 0, true, 1);
        try (RawHost first =
                        RawHost.answering(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
                RawHost second = RawHost.answering(OK)) {
            Cluster cluster = cluster(one, Limits.DEFAULT, first.port(), second.port());
            Sent sent = Sent.get(loop, cluster);
            String host = sent.request().host().text();
            assertEquals("200 ok", sent.outcome());
            if (host.endsWith(":" + first.port())) {
                until(() -> shown(cluster).get("default.cx_pool_open") == 0);
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }

            // The second's connection stays, and with it its pool.
            assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());

            assertEquals(1, cluster.metrics().value(ClusterMetrics.CX_POOL_OVERFLOW));
            assertEquals(1, shown(cluster).get("default.cx_pool_open"));
            assertEquals(0, shown(cluster).get("default.remaining_cx_pools"));
        }
    }

    @Test
    void aHostThatTakesTooLongIsHeldToHaveFailed() throws Exception {
        try (RawHost host = waiting()) {
            Cluster cluster =
                    clusters.offer(
                            settings(
                                    BreakerSettings.DEFAULT,
                                    new HealthSettings(List.of(), afterGatewayFailures(2)),
                                    host.port()));
            for (int i = 0; i < 2; i++) {
                Sent slow = Sent.get(loop, cluster);
                until(() -> cluster.metrics().value(ClusterMetrics.RQ_ACTIVE) == 1);
                slow.on(request -> request.tooSlow(504));
                slow.on(UpstreamRequest::reset);
                until(() -> cluster.metrics().value(ClusterMetrics.RQ_ACTIVE) == 0);
            }

            until(() -> cluster.metrics().value(ClusterMetrics.EJECTIONS_ACTIVE) == 1);

            assertEquals("UH no_healthy_upstream", Sent.get(loop, cluster).outcome());
            answer.countDown();
        }
    }

    private RawHost waiting() throws IOException {
        return new RawHost(
                peer -> {
                    while (peer.readHead() != null) {
                        Sent.await(answer);
                        peer.send(OK);
                    }
                });
    }

    private static Limits limits(long connections, long requests) {
        return new Limits(connections, 9, requests, 7, -1, 0, true, 9);
    }

    private Cluster cluster(Limits normal, Limits high, int... ports) {
        return clusters.offer(
                settings(new BreakerSettings(normal, high), HealthSettings.NONE, ports));
    }

    private static ClusterSettings settings(
            BreakerSettings breakers, HealthSettings health, int... ports) {
        List<EndpointAddress> endpoints =
                Arrays.stream(ports)
                        .mapToObj(port -> new EndpointAddress("127.0.0.1", port))
                        .toList();
        return new ClusterSettings(
                "b",
                endpoints,
                NEVER_IN_PANIC,
                5000,
                ConnectionSettings.DEFAULT,
                health,
                "",
                DnsSettings.DEFAULT,
                breakers);
    }

    private static OutlierSettings afterGatewayFailures(int failures) {
        return new OutlierSettings(
                0,
                failures,
                0,
                60_000,
                60_000,
                60_000,
                0,
                100,
                true,
                false,
                true,
                new OutlierSettings.Enforcing(100, 100, 100, 0, 0, 0, 0),
                5,
                100,
                1900,
                85,
                5,
                50);
    }

    /** What {@code /stats} shows of the circuit breakers. */
    private static Map<String, Long> shown(Cluster cluster) {
        Metrics metrics = new Metrics();
        metrics.register(ClusterMetrics.GROUP, () -> List.of(cluster.metrics()));
        StringBuilder text = new StringBuilder();
        try {
            metrics.lines(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, Long> shown = new TreeMap<>();
        String start = "cluster.b.circuit_breakers.";
        for (String line : text.toString().split("\n")) {
            if (line.startsWith(start)) {
                int colon = line.indexOf(':');
                shown.put(
                        line.substring(start.length(), colon),
                        Long.parseLong(line.substring(colon + 2)));
            }
        }
        return shown;
    }

    /** Waits, for what happens on another thread. */
    private static void until(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!met.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not met within 20 seconds");
            Thread.sleep(5);
        }
    }
}
