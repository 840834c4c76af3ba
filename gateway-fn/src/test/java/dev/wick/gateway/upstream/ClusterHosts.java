package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.Metric;
import dev.wick.http.NameFormat;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Requests by clusters to real hosts on loopback. */
abstract class ClusterHosts {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    static Loops loops;

    final Clusters clusters = new Clusters(loops);
    final Loop loop = loops.loop(0);

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    Cluster cluster(int port) {
        return clusters.offer(settings("one", 5000, "127.0.0.1:" + port));
    }

    static ConnectionSettings connections(
            long idleMillis, long maxDurationMillis, int maxRequests) {
        return new ConnectionSettings(
                UpstreamHttp.HTTP1,
                idleMillis,
                maxDurationMillis,
                maxRequests,
                0,
                false,
                NameFormat.LOWER,
                ConnectionSettings.Http2Limits.DEFAULT,
                SocketSettings.DEFAULT);
    }

    static ClusterSettings settings(int port, ConnectionSettings connections) {
        return new ClusterSettings(
                "set",
                List.of(new EndpointAddress("127.0.0.1", port)),
                BalancerSettings.DEFAULT,
                5000,
                connections);
    }

    static ClusterSettings settings(String name, long timeoutMillis, String... endpoints) {
        List<EndpointAddress> addresses =
                Arrays.stream(endpoints)
                        .map(
                                endpoint -> {
                                    int colon = endpoint.lastIndexOf(':');
                                    return new EndpointAddress(
                                            endpoint.substring(0, colon),
                                            Integer.parseInt(endpoint.substring(colon + 1)));
                                })
                        .toList();
        return new ClusterSettings(name, addresses, BalancerSettings.DEFAULT, timeoutMillis);
    }

    static long value(Cluster cluster, Metric metric) {
        return cluster.metrics().value(metric);
    }

    /** Waits, for what happens on another thread. */
    static void until(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!met.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not met within 20 seconds");
            Thread.sleep(5);
        }
    }
}
