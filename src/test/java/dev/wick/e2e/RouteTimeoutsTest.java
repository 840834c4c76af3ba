package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long a request may be idle and live, by its route. */
class RouteTimeoutsTest {

    private static final StoreApi STORE = Store.shared().gateway("timeouts");
    private static final CountDownLatch OVER = new CountDownLatch(1);

    @AutoClose private static Gateway gateway;

    /** Answers {@code /x/now} at once, all else never. */
    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        if (exchange.request().target().endsWith("/now")) {
                            exchange.reply(200, "ok");
                        } else {
                            try {
                                OVER.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: timeouts
                        domains: [timeouts.test]
                        routes:
                          - match: {path: {prefix: /idle}}
                            route: {cluster: timeouts, timeout: 0s, idleTimeout: 200ms}
                          - match: {path: {prefix: /life}}
                            route: {cluster: timeouts, maxStreamDuration: {maxStreamDuration: 200ms}}
                          - match: {path: {prefix: /grpc}}
                            route:
                              cluster: timeouts
                              maxStreamDuration: {grpcTimeoutHeaderMax: 300ms, grpcTimeoutHeaderOffset: 50ms}
                        ---
                        """
                        + Documents.cluster("timeouts", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "timeouts");
    }

    @AfterAll
    static void letGo() {
        OVER.countDown();
    }

    @Test
    void a_request_in_which_nothing_moves_is_ended() {
        Reply reply = gateway.get("timeouts.test", "/idle");

        assertEquals(504, reply.status());
        assertEquals("stream timeout", reply.text());
        assertTrue(gateway.awaitLogged("GET /idle").contains(" 504 SI "));
    }

    @Test
    void a_client_that_does_not_send_its_body_is_told_so() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(
                    "POST /life HTTP/1.1\r\nhost: timeouts.test\r\ncontent-length: 5\r\n\r\nab");
            Reply reply = client.reply();

            assertEquals(408, reply.status());
            assertEquals("downstream duration timeout", reply.text());
        }
    }

    @Test
    void a_request_lives_no_longer_than_its_route_allows() {
        Reply reply = gateway.get("timeouts.test", "/life");

        assertEquals(504, reply.status());
        assertEquals("downstream duration timeout", reply.text());
        assertTrue(gateway.stat("http.http.downstream_rq_max_duration_reached") > 0);
    }

    @Test
    void a_bound_on_its_life_takes_the_place_of_the_routes_timeout() {
        assertEquals(200, gateway.get("timeouts.test", "/life/now").status());
        assertNull(UPSTREAM.last().field("x-envoy-expected-rq-timeout-ms"));
    }

    @Test
    void a_deadline_that_a_client_names_is_kept_within_bounds() {
        Reply reply = gateway.get("timeouts.test", "/grpc", "grpc-timeout: 1H");

        assertEquals(504, reply.status());
        assertEquals(200, gateway.get("timeouts.test", "/grpc/now", "grpc-timeout: 5S").status());
    }
}
