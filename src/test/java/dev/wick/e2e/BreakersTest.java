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

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "it never came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
