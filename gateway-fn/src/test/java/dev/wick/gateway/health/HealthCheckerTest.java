package dev.wick.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.upstream.RawHost;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks of real hosts on loopback. */
class HealthCheckerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final Loops loops = Loops.start(1);
    private final MetricSet metrics = ClusterMetrics.of("c", 1);
    private final CountDownLatch warm = new CountDownLatch(1);
    private volatile boolean refusing;
    private volatile InetSocketAddress moved;

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void aHostIsWellWhereAllOfItsChecksSaySo() throws Exception {
        refusing = true;
        try (RawHost host = host()) {
            Member member = new Named("127.0.0.1:" + host.port());
            member.flag(Member.PENDING_ACTIVE_HC, true);
            HealthChecker checker = checker(host, new CheckSettings.Tcp("", List.of()), http("/b"));
            on(() -> checker.members(new Member[] {member}, true));
            assertTrue(warm.await(20, TimeUnit.SECONDS));
            assertFalse(member.healthy());
            assertEquals(0, metrics.value(ClusterMetrics.HEALTH_CHECK_HEALTHY));

            refusing = false;
            until(member::healthy);
            until(() -> metrics.value(ClusterMetrics.HEALTH_CHECK_HEALTHY) == 1);

            refusing = true;
            until(() -> (member.flags() & Member.FAILED_ACTIVE_HC) != 0);

            on(checker::stop);
            until(() -> metrics.value(ClusterMetrics.HEALTH_CHECK_HEALTHY) == 0);
        }
    }

    @Test
    void aHostIsPendingUntilEachOfItsChecksWasAnswered() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            while (peer.readHead() != null) {
                                answer.await();
                                peer.send(OK);
                            }
                        })) {
            Member member = new Named("127.0.0.1:" + host.port());
            member.flag(Member.PENDING_ACTIVE_HC, true);
            HealthChecker checker = checker(host, new CheckSettings.Tcp("", List.of()), http("/"));
            on(() -> checker.members(new Member[] {member}, true));
            until(() -> metrics.value(ClusterMetrics.HEALTH_CHECK_SUCCESS) == 1);
            assertTrue((member.flags() & Member.PENDING_ACTIVE_HC) != 0);
            assertEquals(1, warm.getCount());

            answer.countDown();

            assertTrue(warm.await(20, TimeUnit.SECONDS));
            until(() -> member.flags() == 0);
        }
    }

    @Test
    void whatOthersHaveFoundHoldsUntilTheFirstAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawHost host =
                new RawHost(
                        peer -> {
                            while (peer.readHead() != null) {
                                answer.await();
                                peer.send(OK.replace("200", "500"));
                            }
                        })) {
            Member member = new Named("127.0.0.1:" + host.port());
            member.flag(Member.PENDING_ACTIVE_HC, true);
            HealthChecker checker = checker(host, http("/"), http("/b"));
            on(() -> checker.members(new Member[] {member}, true));
            on(() -> checker.believe(Map.of(member.text(), false)));
            assertTrue(warm.await(20, TimeUnit.SECONDS));
            until(member::healthy);

            answer.countDown();

            until(() -> (member.flags() & Member.FAILED_ACTIVE_HC) != 0);
        }
    }

    @Test
    void aHostThatMovesIsAskedWhereItIs() throws Exception {
        try (RawHost before = host();
                RawHost after = RawHost.answering(OK.replace("200", "503"))) {
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", after.port());
            Member member = new Named("some.test");
            HealthChecker checker = checker(before, http("/"));
            on(() -> checker.members(new Member[] {member}, true));
            until(() -> metrics.value(ClusterMetrics.HEALTH_CHECK_SUCCESS) > 1);

            moved = there;

            until(() -> !member.healthy());
        }
    }

    private void on(Runnable task) {
        CompletableFuture.runAsync(task, loops.loop(0)).join();
    }

    private HealthChecker checker(RawHost host, CheckSettings.Probe... probes) {
        List<CheckSettings> settings =
                java.util.Arrays.stream(probes).map(HealthCheckerTest::every).toList();
        return new HealthChecker(
                loops,
                loops.loop(0),
                settings,
                member -> moved == null ? new InetSocketAddress("127.0.0.1", host.port()) : moved,
                metrics,
                new HealthChecker.Heard() {
                    @Override
                    public void changed() {}

                    @Override
                    public void succeeded(Member member) {}

                    @Override
                    public void warm() {
                        warm.countDown();
                    }
                });
    }

    private static CheckSettings every(CheckSettings.Probe probe) {
        return new CheckSettings(10_000, 20, 0, 0, 0, 1, 1, true, 20, 20, 20, 20, probe);
    }

    private static CheckSettings.Http http(String path) {
        return new CheckSettings.Http(false, "h", path, "GET", List.of(200, 201), List.of());
    }

    private RawHost host() throws java.io.IOException {
        return new RawHost(
                peer -> {
                    while (peer.readHead() != null) {
                        peer.send(refusing ? OK.replace("200", "503") : OK);
                    }
                });
    }

    private static void until(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!met.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not met within 20 seconds");
            Thread.sleep(2);
        }
    }

    private static final class Named extends Member {

        private final String text;

        Named(String text) {
            super(Attributes.DEFAULT);
            this.text = text;
        }

        @Override
        public int active() {
            return 0;
        }

        @Override
        public String text() {
            return text;
        }
    }
}
