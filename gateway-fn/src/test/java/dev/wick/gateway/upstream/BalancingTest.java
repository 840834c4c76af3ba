package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.balance.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where and how often it is worked out by what hosts are chosen. */
class BalancingTest extends ClusterHosts {

    private static final BalancerSettings LARGE = ring(300_000);
    private static final BalancerSettings MIDDLING = ring(50_000);

    private final BlockingQueue<Thread> builders = new LinkedBlockingQueue<>();
    private final Balancing balancing =
            new Balancing((before, after) -> builders.add(Thread.currentThread()));
    private final Host[] hosts =
            clusters.offer(settings("two", 5_000, "127.0.0.1:1", "127.0.0.2:1")).hosts().hosts();

    @Test
    void whatIsSmallIsThereAtOnce() {
        balancing.change(hosts, true, BalancerSettings.of(LbPolicy.RING_HASH), null);
        assertSame(Thread.currentThread(), builders.remove());
        assertSame(hosts, balancing.now().hosts());
    }

    @Test
    void theFirstOfMiddlingSizeIsThereAtOnceAndTheNextIsBuiltElsewhere() throws Exception {
        balancing.change(hosts, true, MIDDLING, null);
        assertSame(Thread.currentThread(), builders.remove());
        HostSet first = balancing.now();

        balancing.change(new Host[] {hosts[1], hosts[0]}, true, MIDDLING, null);

        assertTrue(next().getName().startsWith("balance-"));
        until(() -> balancing.now() != first);
    }

    @Test
    void changesThatComeWhileSomethingLargeIsBuiltBecomeOne() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Balancing other = new Balancing((before, after) -> {});
        other.change(hosts, true, LARGE, () -> Sent.await(released)); // holds the thread
        Host[] turned = {hosts[1], hosts[0]};
        CountDownLatch told = new CountDownLatch(3);
        balancing.change(hosts, true, LARGE, told::countDown);
        balancing.change(turned, true, LARGE, told::countDown);
        balancing.weigh(told::countDown);
        assertFalse(balancing.now().known());

        released.countDown();

        Sent.await(told);
        assertSame(turned, balancing.now().hosts());
        assertEquals(1, builders.size());
    }

    @Test
    void requestsWaitForTheFirstRingAndThenGoByTheNewest() throws Exception {
        try (RawHost host = RawHost.answering(OK)) {
            ClusterSettings alone = large(new EndpointAddress("127.0.0.1", host.port()));
            Cluster cluster = clusters.offer(alone);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());

            clusters.offer(
                    large(
                            new EndpointAddress("127.0.0.1", host.port()),
                            new EndpointAddress("127.0.0.2", host.port())));
            until(() -> cluster.hostStatuses().length == 2);

            Host second = cluster.hosts().hosts()[1];
            second.flag(Member.FAILED_ACTIVE_HC, true);
            cluster.health().changed();
            until(() -> cluster.hosts().balancer().sizes().healthy() == 1);
            for (int i = 0; i < 10; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            clusters.offer(alone);
            until(second::removed);
        }
    }

    private Thread next() throws InterruptedException {
        Thread builder = builders.poll(20, TimeUnit.SECONDS);
        if (builder == null) {
            throw new AssertionError("nothing was built within 20 seconds");
        }
        return builder;
    }

    private static ClusterSettings large(EndpointAddress... endpoints) {
        return new ClusterSettings("large", List.of(endpoints), LARGE, 5_000);
    }

    private static BalancerSettings ring(int least) {
        return new BalancerSettings(
                LbPolicy.RING_HASH,
                2,
                1,
                null,
                least,
                8_388_608,
                false,
                65_537,
                false,
                50,
                false,
                140,
                false,
                Map.of(),
                null);
    }
}
