package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an instance holds follows the store: unknown, wildcard, changed, shared, deleted. */
class OnDemandTest {

    private static final StoreApi STORE = Store.shared().gateway("on-demand");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream BLUE = Upstream.saying("blue");
    @AutoClose private static final Upstream GREEN = Upstream.saying("green");

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "on-demand");
    }

    @Test
    void an_unknown_host_is_404_and_is_served_once_it_is_applied() {
        assertEquals(404, gateway.get("new.test", "/").status());

        STORE.apply(Documents.hostAndCluster("new", "new.test", BLUE.port()));

        eventually("new.test", 200, "blue");
    }

    @Test
    void a_name_that_no_domain_can_have_is_404_and_waits_for_nobody() {
        for (String host : new String[] {".", "..", "...", "a..b", "a".repeat(5_000)}) {
            assertEquals(404, gateway.get(host, "/").status(), host);
        }
    }

    @Test
    void a_host_that_a_wildcard_covered_is_served_by_its_own_routes_once_it_is_applied() {
        STORE.apply(Documents.saying("wild", "*.wild.test", "wildcard"));
        eventually("a.wild.test", 200, "wildcard");

        STORE.apply(Documents.saying("exact", "a.wild.test", "exact"));

        eventually("a.wild.test", 200, "exact");
        eventually("b.wild.test", 200, "wildcard");
    }

    @Test
    void a_longer_wildcard_takes_over_what_a_shorter_one_covered() {
        STORE.apply(Documents.saying("short", "*.over.test", "short"));
        eventually("a.b.over.test", 200, "short");

        STORE.apply(Documents.saying("long", "*.b.over.test", "long"));

        eventually("a.b.over.test", 200, "long");
        eventually("a.c.over.test", 200, "short");
    }

    @Test
    void a_deleted_host_falls_back_to_the_wildcard_and_then_to_404() {
        STORE.apply(
                Documents.saying("gone-wild", "*.gone.test", "wildcard")
                        + Documents.saying("gone-exact", "a.gone.test", "exact"));
        eventually("a.gone.test", 200, "exact");

        STORE.request().delete("/VirtualHost/gone-exact").then().statusCode(200);
        eventually("a.gone.test", 200, "wildcard");

        STORE.request().delete("/VirtualHost/gone-wild").then().statusCode(200);
        await().untilAsserted(() -> assertEquals(404, gateway.get("a.gone.test", "/").status()));
    }

    @Test
    void a_change_of_a_held_host_is_served() {
        STORE.apply(Documents.saying("change", "change.test", "before"));
        eventually("change.test", 200, "before");

        STORE.apply(Documents.saying("change", "change.test", "after"));

        eventually("change.test", 200, "after");
    }

    @Test
    void a_change_of_a_cluster_reaches_every_host_that_shares_it() {
        StringBuilder bundle = new StringBuilder(Documents.cluster("shared", BLUE.port()));
        for (int i = 0; i < 50; i++) {
            bundle.append(Documents.host("shared-" + i, "h" + i + ".shared.test", "shared"));
        }
        STORE.apply(bundle.toString());
        for (int i = 0; i < 50; i++) {
            eventually("h" + i + ".shared.test", 200, "blue");
        }

        STORE.apply(Documents.cluster("shared", GREEN.port()));

        for (int i = 0; i < 50; i++) {
            eventually("h" + i + ".shared.test", 200, "green");
        }
    }

    @Test
    void a_request_in_flight_ends_where_it_began_when_its_host_changes_and_goes() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Upstream slow =
                        Upstream.answering(
                                exchange -> {
                                    exchange.send(
                                            "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nslow");
                                    arrived.countDown();
                                    awaitQuietly(release);
                                    exchange.send("ness");
                                });
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            STORE.apply(Documents.hostAndCluster("flight", "flight.test", slow.port()));
            Future<Reply> inFlight = executor.submit(() -> gateway.get("flight.test", "/"));
            arrived.await();

            STORE.apply(Documents.cluster("flight", GREEN.port()));
            eventually("flight.test", 200, "green");
            STORE.request().delete("/VirtualHost/flight").then().statusCode(200);
            STORE.request().delete("/Cluster/flight").then().statusCode(200);
            await().untilAsserted(
                            () -> assertEquals(404, gateway.get("flight.test", "/").status()));
            release.countDown();

            assertEquals("slowness", inFlight.get().text());
        }
    }

    @Test
    void no_request_fails_while_its_host_and_cluster_change_again_and_again() throws Exception {
        STORE.apply(Documents.hostAndCluster("busy", "busy.test", BLUE.port()));
        eventually("busy.test", 200, "blue");
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> clients =
                    IntStream.range(0, 8).mapToObj(i -> executor.submit(() -> client(on))).toList();

            for (int i = 0; i < 30; i++) {
                int port = i % 2 == 0 ? GREEN.port() : BLUE.port();
                STORE.apply(Documents.hostAndCluster("busy", "busy.test", port));
            }
            on.set(false);

            for (Future<Integer> client : clients) {
                assertEquals(0, client.get(), "failures");
            }
        }
    }

    /**
     * Requests on one connection until {@code on} ends; how many were not answered by an upstream.
     */
    private static int client(AtomicBoolean on) {
        int failures = 0;
        try (Http1 connection = Http1.open(gateway.port())) {
            while (on.get()) {
                Reply reply = connection.request("GET", "busy.test", "/", "");
                failures += reply.status() == 200 ? 0 : 1;
            }
        }
        return failures;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A second is what users are promised; the bound leaves room for a machine with other things to
     * do.
     */
    private static void eventually(String host, int status, String text) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            Reply reply = gateway.get(host, "/");
                            assertEquals(status, reply.status(), reply::text);
                            assertEquals(text, reply.text());
                        });
    }
}
