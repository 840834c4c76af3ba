package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import dev.wick.http.NameFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Requests to real hosts on loopback that speak HTTP/2. */
abstract class Http2Hosts {

    static Loops loops;

    final Clusters clusters = new Clusters(loops);
    final Loop loop = loops.loop(0);
    final BlockingQueue<RawHttp2Host.Call> calls = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    RawHttp2Host.Call next() throws InterruptedException {
        RawHttp2Host.Call call = calls.poll(5, TimeUnit.SECONDS);
        assertNotNull(call, "no request came within 5 seconds");
        return call;
    }

    Cluster cluster(RawHttp2Host host) {
        return cluster(host, settings(Http2Limits.DEFAULT, 0));
    }

    Cluster cluster(RawHttp2Host host, ConnectionSettings settings) {
        return cluster(host.port(), settings);
    }

    Cluster cluster(int port, ConnectionSettings settings) {
        return clusters.offer(
                new ClusterSettings(
                        "two",
                        List.of(new EndpointAddress("127.0.0.1", port)),
                        BalancerSettings.DEFAULT,
                        5000,
                        settings));
    }

    static ConnectionSettings settings(Http2Limits limits, int maxRequests) {
        return new ConnectionSettings(
                UpstreamHttp.HTTP2,
                3_600_000,
                0,
                maxRequests,
                0,
                false,
                NameFormat.LOWER,
                limits,
                SocketSettings.DEFAULT);
    }

    static long value(Cluster cluster, Metric metric) {
        return cluster.metrics().value(metric);
    }

    static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not come about within 5 seconds");
            Thread.sleep(5);
        }
    }
}
