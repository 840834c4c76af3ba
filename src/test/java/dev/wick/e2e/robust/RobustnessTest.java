package dev.wick.e2e.robust;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Malformed requests and such as two parsers might read differently, by HTTP/1 and HTTP/2, at an
 * instance with hosts that trust nobody, half of which speak HTTP/1.1 and half HTTP/2: it does not
 * crash or hang, nothing reaches a host that was not sent by the letter of the specification, and
 * the next good request is served.
 *
 * <p>{@code -Dwick.robustness.requests=N} (default 2,000 connections, of which each second one is
 * HTTP/2; of each kind one half goes to either kind of hosts) and {@code -Dwick.robustness.seed=N}
 * (default random, printed) make it long and repeatable. {@code ./wick bench robustness} sets them.
 */
class RobustnessTest {

    private static final int REQUESTS = Integer.getInteger("wick.robustness.requests", 2_000);
    private static final long SEED = Long.getLong("wick.robustness.seed", System.nanoTime());

    /** Two for each visitor, too unlike each other for a few octets to lead from one to another. */
    private static final List<String> HOSTS =
            List.of("alpha", "omega", "bravo", "sigma", "coral", "theta", "delta", "kappa");

    private static final int VISITORS = HOSTS.size() / 2;

    /** Paths go through as they came, so that what hosts get can be compared with what was sent. */
    private static final String LISTENER =
            """
            kind: Listener
            name: http
            port: 8080
            http: {normalizePath: false, mergeSlashes: false, pathWithEscapedSlashesAction: KEEP_UNCHANGED}
            ---
            """;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void what_is_nearly_http_neither_harms_the_gateway_nor_deceives_its_hosts() throws Exception {
        System.out.println("robustness: " + REQUESTS + " connections, seed " + SEED);
        Map<String, String> watched =
                Map.of("JAVA_TOOL_OPTIONS", "-Dio.netty.leakDetection.level=paranoid");
        Store.shared().gateway("robust").apply(LISTENER);
        try (Gateway gateway = Gateway.start(Store.shared(), "robust", watched)) {
            List<Visitor> visitors = new ArrayList<>();
            StringBuilder documents = new StringBuilder();
            for (int i = 0; i < VISITORS; i++) {
                // Visitors come by HTTP/1 and HTTP/2 by turns.
                Supplier<Wary> hosts = i < VISITORS / 2 ? WaryHttp1::new : WaryHttp2::new;
                String host = HOSTS.get(2 * i);
                String otherHost = HOSTS.get(2 * i + 1);
                visitors.add(new Visitor(host, otherHost, hosts, gateway.port(), complaints));
                documents.append(visitors.getLast().documents());
            }
            Store.shared().gateway("robust").apply(documents.toString());
            visit(visitors);
            settles(gateway);
            visitors.forEach(Visitor::look);
            int forwarded = visitors.stream().mapToInt(Visitor::forwarded).sum();
            System.out.printf(
                    "robustness: hosts took %d requests; %d complaints%n",
                    forwarded, complaints.size());
            visitors.forEach(Visitor::close);
            assertEquals(List.of(), complaints.stream().limit(20).toList(), "seed " + SEED);
            assertTrue(forwarded > REQUESTS, "hosts took " + forwarded + " requests");
            assertTrue(gateway.process().running());
            assertEquals(
                    List.of(),
                    gateway.process().lines().stream().filter(RobustnessTest::isFault).toList());
        }
    }

    private void visit(List<Visitor> visitors) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < VISITORS; i++) {
                int first = i;
                running.add(
                        threads.submit(
                                () -> {
                                    for (long n = first; n < REQUESTS; n += VISITORS) {
                                        visitors.get(first).visit(n, random(n));
                                    }
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    /** Each attack has a seed of its own, so that it is the same whatever became of the others. */
    private static Random random(long number) {
        return new Random((SEED ^ number) * 0x9E3779B97F4A7C15L);
    }

    /** Nothing stays behind: no connection, no request. */
    private static void settles(Gateway gateway) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            String stats = gateway.admin("GET", "/stats").text();
                            for (String gauge :
                                    List.of("downstream_cx_active", "downstream_rq_active")) {
                                assertTrue(stats.contains("\nhttp.http." + gauge + ": 0\n"), stats);
                            }
                        });
    }

    private static boolean isFault(String line) {
        return !line.startsWith("[20")
                && (line.contains("Exception") || line.contains("ERROR") || line.contains("LEAK"));
    }
}
