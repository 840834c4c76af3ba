package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a cluster under the same requests, at a real Envoy and at Wick: what clients are
 * told, and the cluster's statistics, under Envoy's names.
 */
class UpstreamTwinTest {

    private static final CountDownLatch ANSWER = new CountDownLatch(1);

    /** Of those of each side: requests that wait for an answer which never comes. */
    @AutoClose private static final Upstream OF_ENVOY = Upstream.answering(UpstreamTwinTest::hang);

    @AutoClose private static final Upstream OF_WICK = Upstream.answering(UpstreamTwinTest::hang);

    private static final AtomicReference<CountDownLatch> release =
            new AtomicReference<>(new CountDownLatch(1));

    /** Of both sides, so that they stand on the same ring. */
    private static final List<Upstream> BOUNDED =
            Stream.generate(() -> Upstream.answering(UpstreamTwinTest::answerWhenReleased))
                    .limit(5)
                    .toList();

    @AutoClose private static Envoy envoy;
    @AutoClose private static Gateway wick;

    private static Side[] sides;

    private static final Executor CLIENTS = Executors.newVirtualThreadPerTaskExecutor();

    private record Side(int port, Function<String, Reply> admin, Upstream upstream) {

        Reply get(String path) {
            return Http1.get(port, "t.test", path);
        }

        /** Those of a cluster, by what comes behind {@code cluster.NAME.}. */
        Map<String, String> stats(String cluster, String part) {
            Map<String, String> stats = new TreeMap<>();
            String start = "cluster." + cluster + ".";
            for (String line : admin.apply("/stats").text().lines().toList()) {
                if (line.startsWith(start + part)) {
                    int colon = line.indexOf(": ");
                    String name = line.substring(start.length(), colon);
                    // Each event loop has pools of its own, and any number is another number.
                    boolean ofPools = name.endsWith("remaining_cx_pools");
                    stats.put(name, ofPools ? "some" : line.substring(colon + 2));
                }
            }
            return stats;
        }
    }

    private static void hang(Exchange exchange) {
        try {
            ANSWER.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void start() {
        Envoy.require();
        int port = Ports.free();
        envoy =
                Envoy.routing(
                        port,
                        ENVOY_HOSTS,
                        ENVOY_CLUSTERS
                                .replace("@up", "" + OF_ENVOY.port())
                                .replace(
                                        "@bounded",
                                        bounded(
                                                "{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}",
                                                ", ")));
        Store.shared()
                .gateway("upstream-twin")
                .apply(
                        Documents.listener()
                                + WICK.replace("@up", "" + OF_WICK.port())
                                        .replace(
                                                "@bounded",
                                                bounded("{address: 127.0.0.1, port: %d}", ", ")));
        wick = Gateway.start(Store.shared(), "upstream-twin");
        wick.get("t.test", "/none"); // draws its clusters
        sides =
                new Side[] {
                    new Side(port, envoy::admin, OF_ENVOY),
                    new Side(wick.port(), path -> wick.admin("GET", path), OF_WICK)
                };
    }

    @AfterAll
    static void stop() {
        BOUNDED.forEach(Upstream::close);
    }

    @Test
    void breakers_of_each_priority_open_and_show_what_is_left() throws Exception {
        List<List<Object>> seen = new ArrayList<>();
        for (Side side : sides) {
            List<Object> shown = new ArrayList<>();
            shown.add(side.stats("b", "circuit_breakers"));
            int before = side.upstream.requests().size();
            List<CompletableFuture<Reply>> running = new ArrayList<>();
            for (String path : List.of("/b", "/b/high", "/b/high")) {
                running.add(CompletableFuture.supplyAsync(() -> side.get(path), CLIENTS));
                int arrived = before + running.size();
                await().until(() -> side.upstream.requests().size() == arrived);
                shown.add(side.stats("b", "circuit_breakers"));
            }
            Reply refused = side.get("/b");
            shown.add(refused.status() + " " + refused.field("x-envoy-overloaded"));
            shown.add(side.get("/b/high").status());
            for (CompletableFuture<Reply> one : running) {
                shown.add(one.get(30, TimeUnit.SECONDS).status());
            }
            await().untilAsserted(
                            () ->
                                    assertEquals(
                                            shown.getFirst(),
                                            withoutConnections(
                                                    side.stats("b", "circuit_breakers"))));
            seen.add(shown);
        }
        assertEquals(seen.getFirst(), seen.getLast());
    }

    /** Connections may be kept or not when their requests are over. */
    private static Map<String, String> withoutConnections(Map<String, String> stats) {
        Map<String, String> without = new TreeMap<>(stats);
        without.replaceAll((name, value) -> name.endsWith("remaining_cx") ? "1024" : value);
        return without;
    }

    @Test
    void a_host_that_takes_too_long_is_ejected_by_route_and_by_per_try_timeout() {
        for (String path : List.of("/slow", "/try")) {
            String cluster = path.substring(1);
            List<List<Object>> seen = new ArrayList<>();
            for (Side side : sides) {
                List<Object> shown = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    Reply reply = side.get(path);
                    shown.add(reply.status() + " " + reply.text());
                }
                await().until(
                                () ->
                                        side.stats(cluster, "outlier_detection")
                                                .get("outlier_detection.ejections_active")
                                                .equals("1"));
                Reply refused = side.get(path);
                shown.add(refused.status() + " " + refused.text());
                Map<String, String> stats = side.stats(cluster, "");
                for (String name :
                        List.of(
                                "outlier_detection.ejections_enforced_total",
                                "outlier_detection.ejections_detected_consecutive_gateway_failure",
                                "outlier_detection.ejections_enforced_consecutive_gateway_failure",
                                "outlier_detection.ejections_enforced_consecutive_5xx",
                                "upstream_rq_timeout",
                                "upstream_rq_per_try_timeout")) {
                    shown.add(name + " " + stats.get(name));
                }
                seen.add(shown);
            }
            assertEquals(seen.getFirst(), seen.getLast());
        }
    }

    @Test
    void bounded_loads_go_to_the_same_hosts() throws Exception {
        List<List<Integer>> seen = new ArrayList<>();
        for (Side side : sides) {
            CountDownLatch answer = new CountDownLatch(1);
            release.set(answer);
            List<Integer> places = new ArrayList<>();
            List<CompletableFuture<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int[] before = counts();
                String key = "x-key: " + i / 6;
                running.add(
                        CompletableFuture.supplyAsync(
                                () -> Http1.get(side.port, "t.test", "/ring", key), CLIENTS));
                await().until(() -> sum(counts()) > sum(before));
                places.add(changed(before, counts()));
            }
            answer.countDown();
            for (CompletableFuture<Reply> one : running) {
                assertEquals(200, one.get(20, TimeUnit.SECONDS).status());
            }
            seen.add(places);
        }
        assertEquals(seen.getFirst(), seen.getLast());
        assertTrue(seen.getFirst().stream().distinct().count() > 2, seen.toString());
    }

    private static int[] counts() {
        return BOUNDED.stream().mapToInt(upstream -> upstream.requests().size()).toArray();
    }

    private static int sum(int[] counts) {
        return Arrays.stream(counts).sum();
    }

    private static int changed(int[] before, int[] after) {
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                return i;
            }
        }
        return -1;
    }

    private static void answerWhenReleased(Exchange exchange) throws IOException {
        try {
            release.get().await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        exchange.reply(200, "");
    }

    private static String bounded(String format, String separator) {
        return BOUNDED.stream()
                .map(upstream -> format.formatted(upstream.port()))
                .collect(Collectors.joining(separator));
    }

    private static final String ENVOY_HOSTS =
            """
            - name: t
              domains: [t.test]
              routes:
              - {match: {prefix: /b/high}, route: {cluster: b, priority: HIGH, timeout: 10s}}
              - {match: {prefix: /b}, route: {cluster: b, timeout: 10s}}
              - {match: {prefix: /ring}, route: {cluster: bounded, hash_policy: [{header: {header_name: x-key}}]}}
              - {match: {prefix: /slow}, route: {cluster: slow, timeout: 0.1s}}
              - {match: {prefix: /try}, route: {cluster: try, timeout: 5s, retry_policy: {num_retries: 0, per_try_timeout: 0.1s}}}
            """;

    private static final String ENVOY_CLUSTERS =
            """
            - name: bounded
              lb_policy: RING_HASH
              common_lb_config: {consistent_hashing_lb_config: {hash_balance_factor: 120}}
              load_assignment: {cluster_name: bounded, endpoints: [{lb_endpoints: [@bounded]}]}
            - name: b
              load_assignment: {cluster_name: b, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @up}}}}]}]}
              circuit_breakers:
                thresholds:
                - {max_requests: 1, track_remaining: true}
                - {priority: HIGH, max_requests: 2, max_retries: 0, track_remaining: true}
            - name: slow
              load_assignment: {cluster_name: slow, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @up}}}}]}]}
              common_lb_config: {healthy_panic_threshold: {value: 0}}
              outlier_detection: {consecutive_gateway_failure: 2, enforcing_consecutive_gateway_failure: 100, max_ejection_percent: 100}
            - name: try
              load_assignment: {cluster_name: try, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @up}}}}]}]}
              common_lb_config: {healthy_panic_threshold: {value: 0}}
              outlier_detection: {consecutive_gateway_failure: 2, enforcing_consecutive_gateway_failure: 100, max_ejection_percent: 100}
            """;

    private static final String WICK =
            """
            kind: VirtualHost
            name: t
            domains: [t.test]
            routes:
            - {match: {path: {prefix: /b/high}}, route: {cluster: b, priority: HIGH, timeout: 10s}}
            - {match: {path: {prefix: /b}}, route: {cluster: b, timeout: 10s}}
            - {match: {path: {prefix: /ring}}, route: {cluster: bounded, hashPolicy: [{header: {headerName: x-key}}]}}
            - {match: {path: {prefix: /slow}}, route: {cluster: slow, timeout: 100ms}}
            - {match: {path: {prefix: /try}}, route: {cluster: try, timeout: 5s, retryPolicy: {numRetries: 0, perTryTimeout: 100ms}}}
            ---
            kind: Cluster
            name: bounded
            lbPolicy: RING_HASH
            commonLbConfig: {hashBalanceFactor: 120}
            endpoints: [@bounded]
            ---
            kind: Cluster
            name: b
            endpoints: [{address: 127.0.0.1, port: @up}]
            circuitBreakers:
              thresholds:
              - {maxRequests: 1, trackRemaining: true}
              - {priority: HIGH, maxRequests: 2, maxRetries: 0, trackRemaining: true}
            ---
            kind: Cluster
            name: slow
            endpoints: [{address: 127.0.0.1, port: @up}]
            commonLbConfig: {healthyPanicThreshold: 0}
            outlierDetection: {consecutiveGatewayFailure: 2, enforcingConsecutiveGatewayFailure: 100, maxEjectionPercent: 100}
            ---
            kind: Cluster
            name: try
            endpoints: [{address: 127.0.0.1, port: @up}]
            commonLbConfig: {healthyPanicThreshold: 0}
            outlierDetection: {consecutiveGatewayFailure: 2, enforcingConsecutiveGatewayFailure: 100, maxEjectionPercent: 100}
            """;
}
