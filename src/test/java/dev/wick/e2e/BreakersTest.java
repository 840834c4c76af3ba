package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cluster takes so much at once, and says so. */
class BreakersTest {

    @Test
    void a_request_above_the_limit_is_refused_and_the_next_one_after_it_is_served()
            throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Upstream slow =
                Upstream.answering(
                        exchange -> {
                            arrived.countDown();
                            await(answer);
                            exchange.reply(200, "done");
                        })) {
            Store.shared()
                    .gateway("breakers")
                    .apply(
                            Documents.listener()
                                    + Documents.host("b", "b.test", "b")
                                    + """
                                    kind: Cluster
                                    name: b
                                    endpoints: [{address: 127.0.0.1, port: %d}]
                                    circuitBreakers: {thresholds: [{maxRequests: 1}]}
                                    """
                                            .formatted(slow.port()));
            try (Gateway gateway = Gateway.start(Store.shared(), "breakers")) {
                CompletableFuture<Reply> first =
                        CompletableFuture.supplyAsync(() -> gateway.get("b.test", "/"));
                await(arrived);

                Reply refused = gateway.get("b.test", "/");

                assertEquals(503, refused.status(), refused::text);
                assertEquals("true", refused.field("x-envoy-overloaded"));
                String stats = gateway.admin("GET", "/stats/prometheus").text();
                assertTrue(
                        stats.contains(
                                "envoy_cluster_upstream_rq_active_overflow"
                                        + "{envoy_cluster_name=\"b\"} 1"),
                        stats);
                answer.countDown();
                assertEquals("done", first.get(20, TimeUnit.SECONDS).text());
                try (Http1 client = Http1.open(gateway.port())) {
                    assertEquals(200, client.request("GET", "b.test", "/", "").status());
                }
            }
        }
    }

    @Test
    void a_route_of_high_priority_has_limits_and_connections_of_its_own() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            if (exchange.request().target().equals("/slow")) {
                                arrived.countDown();
                                await(answer);
                            }
                            exchange.reply(200, "done");
                        })) {
            Store.shared()
                    .gateway("priorities")
                    .apply(
                            Documents.listener()
                                    + """
                                    kind: VirtualHost
                                    name: p
                                    domains: [p.test]
                                    routes:
                                      - match: {path: {prefix: /urgent}}
                                        route: {cluster: p, priority: HIGH}
                                      - match: {path: {prefix: /}}
                                        route: {cluster: p}
                                    ---
                                    kind: Cluster
                                    name: p
                                    endpoints: [{address: 127.0.0.1, port: %d}]
                                    circuitBreakers:
                                      thresholds:
                                        - {maxRequests: 1}
                                        - {priority: HIGH, maxRequests: 2, trackRemaining: true}
                                    """
                                            .formatted(upstream.port()));
            try (Gateway gateway = Gateway.start(Store.shared(), "priorities")) {
                CompletableFuture<Reply> first =
                        CompletableFuture.supplyAsync(() -> gateway.get("p.test", "/slow"));
                await(arrived);
                assertEquals(503, gateway.get("p.test", "/").status());

                assertEquals(200, gateway.get("p.test", "/urgent").status());

                String stats = gateway.admin("GET", "/stats").text();
                assertTrue(stats.contains("cluster.p.circuit_breakers.default.rq_open: 1"), stats);
                assertTrue(stats.contains("cluster.p.circuit_breakers.high.rq_open: 0"), stats);
                assertTrue(stats.contains("circuit_breakers.high.remaining_rq: 2"), stats);
                assertTrue(!stats.contains("circuit_breakers.default.remaining_rq"), stats);
                String prometheus = gateway.admin("GET", "/stats/prometheus").text();
                assertTrue(
                        prometheus.contains(
                                "envoy_cluster_circuit_breakers_default_rq_open"
                                        + "{envoy_cluster_name=\"p\"} 1"),
                        prometheus);
                // That of the refused one too: as in Envoy it is refused where it would be sent.
                assertEquals(3, upstream.connections());
                answer.countDown();
                assertEquals("done", first.get(20, TimeUnit.SECONDS).text());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "it never came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
