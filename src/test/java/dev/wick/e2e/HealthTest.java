package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Hosts that are not well: found by what they answer to requests, or by asking them. */
class HealthTest {

    private static final String HOST =
            """
            kind: VirtualHost
            name: h
            domains: [h.test]
            routes:
              - match: {path: {prefix: /}}
                route: {cluster: h}
            ---
            """;

    @Test
    void a_host_that_fails_in_a_row_is_ejected_for_a_while() {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (Upstream good = Upstream.saying("good");
                Upstream other = Upstream.saying("other");
                Upstream bad = changing(failing, "bad")) {
            StoreApi api = Store.shared().gateway("outliers");
            api.apply(
                    Documents.listener()
                            + HOST
                            + cluster(good, other, bad)
                            + """
                            outlierDetection:
                              consecutive5xx: 3
                              interval: 200ms
                              baseEjectionTime: 1s
                              maxEjectionPercent: 50
                            """);
            try (Gateway gateway = Gateway.start(Store.shared(), "outliers")) {
                untilAnswers(gateway, Set.of("good", "other"));
                String stats = gateway.admin("GET", "/stats/prometheus").text();
                assertTrue(
                        stats.contains(
                                "envoy_cluster_outlier_detection_ejections_active"
                                        + "{envoy_cluster_name=\"h\"} 1"),
                        stats);
                String clusters = gateway.admin("GET", "/clusters").text();
                assertTrue(
                        clusters.contains(
                                "127.0.0.1:"
                                        + bad.port()
                                        + "::health_flags::/failed_outlier_check"),
                        clusters);

                failing.set(false);

                untilAnswers(gateway, Set.of("good", "other", "bad"));
            }
        }
    }

    @Test
    void a_host_that_takes_longer_than_its_route_waits_is_ejected() {
        AtomicBoolean hanging = new AtomicBoolean(true);
        CountDownLatch over = new CountDownLatch(1);
        try (Upstream good = Upstream.saying("good");
                Upstream other = Upstream.saying("other");
                Upstream bad =
                        Upstream.answering(
                                exchange -> {
                                    if (hanging.get()) {
                                        until(over);
                                    }
                                    exchange.reply(200, "bad");
                                })) {
            StoreApi api = Store.shared().gateway("slow-hosts");
            api.apply(
                    Documents.listener()
                            + HOST.replace("cluster: h}", "cluster: h, timeout: 200ms}")
                            + cluster(good, other, bad)
                            + """
                            outlierDetection:
                              consecutiveGatewayFailure: 2
                              enforcingConsecutiveGatewayFailure: 100
                              baseEjectionTime: 60s
                              maxEjectionPercent: 50
                            """);
            try (Gateway gateway = Gateway.start(Store.shared(), "slow-hosts")) {
                untilAnswers(gateway, Set.of("good", "other"));
                String stats = gateway.admin("GET", "/stats").text();
                assertTrue(
                        stats.contains("ejections_enforced_consecutive_gateway_failure: 1"), stats);
                over.countDown();
            }
        }
    }

    @Test
    void a_host_that_does_not_answer_its_check_gets_no_requests() {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (Upstream good = Upstream.saying("good");
                Upstream sick = changing(failing, "sick")) {
            StoreApi api = Store.shared().gateway("checks");
            api.apply(
                    Documents.listener()
                            + HOST
                            + cluster(good, sick)
                            + """
                            commonLbConfig: {healthyPanicThreshold: 0}
                            healthChecks:
                              - timeout: 2s
                                interval: 100ms
                                noTrafficInterval: 100ms
                                unhealthyThreshold: 2
                                healthyThreshold: 2
                                httpHealthCheck: {path: /healthz}
                            """);
            try (Gateway gateway = Gateway.start(Store.shared(), "checks")) {
                for (int i = 0; i < 20; i++) {
                    assertEquals("good", gateway.get("h.test", "/").text());
                }

                failing.set(false);
                untilAnswers(gateway, Set.of("good", "sick"));

                failing.set(true);
                untilAnswers(gateway, Set.of("good"));
            }
        }
    }

    @Test
    void a_host_that_takes_connections_is_well_by_tcp() {
        try (Upstream good = Upstream.saying("good")) {
            StoreApi api = Store.shared().gateway("tcp-checks");
            int nobody = Ports.free();
            api.apply(
                    Documents.listener()
                            + HOST
                            + "kind: Cluster\nname: h\nendpoints: [{address: 127.0.0.1, port: "
                            + good.port()
                            + "}, {address: 127.0.0.1, port: "
                            + nobody
                            + "}]\n"
                            + """
                            commonLbConfig: {healthyPanicThreshold: 0}
                            healthChecks:
                              - timeout: 2s
                                interval: 100ms
                                unhealthyThreshold: 1
                                healthyThreshold: 1
                                tcpHealthCheck: {}
                            """);
            try (Gateway gateway = Gateway.start(Store.shared(), "tcp-checks")) {
                for (int i = 0; i < 20; i++) {
                    assertEquals("good", gateway.get("h.test", "/").text());
                }
            }
        }
    }

    @Test
    void an_instance_that_wakes_begins_with_what_others_have_found() {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (Upstream good = Upstream.saying("good");
                Upstream other = Upstream.saying("other");
                Upstream bad = changing(failing, "bad")) {
            StoreApi api = Store.shared().gateway("remembered");
            api.apply(
                    Documents.listener()
                            + HOST
                            + cluster(good, other, bad)
                            + """
                            outlierDetection:
                              consecutive5xx: 3
                              baseEjectionTime: 60s
                              maxEjectionPercent: 50
                            """);
            try (Gateway first = Gateway.start(Store.shared(), "remembered")) {
                untilAnswers(first, Set.of("good", "other"));
                awaitEjectedAtTheStore();

                first.kill9();
                try (Gateway next = Gateway.start(Store.shared(), "remembered")) {
                    for (int i = 0; i < 20; i++) {
                        assertEquals(200, next.get("h.test", "/").status());
                    }
                }
            }
        }
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the next instance will be told. */
    private static void awaitEjectedAtTheStore() {
        String token = Store.shared().instanceToken();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            try (Http1 client = Http1.open(Store.shared().port())) {
                                String slice =
                                        client.request(
                                                        "GET",
                                                        "store",
                                                        "/v1/gateways/remembered/slices/http/-/h.test",
                                                        "",
                                                        "authorization: Bearer " + token)
                                                .text();
                                assertTrue(slice.contains("\"ejected\":true"), slice);
                            }
                        });
    }

    /** Answers 503 as long as told to. */
    private static Upstream changing(AtomicBoolean failing, String text) {
        return Upstream.answering(exchange -> exchange.reply(failing.get() ? 503 : 200, text));
    }

    private static String cluster(Upstream... upstreams) {
        StringBuilder endpoints = new StringBuilder();
        for (Upstream upstream : upstreams) {
            endpoints.append("{address: 127.0.0.1, port: ").append(upstream.port()).append("}, ");
        }
        return "kind: Cluster\nname: h\nendpoints: [" + endpoints + "]\n";
    }

    /** Waits until twenty requests in a row are answered well, and by just these. */
    private static void untilAnswers(Gateway gateway, Set<String> wanted) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            Set<String> seen = new HashSet<>();
                            try (Http1 client = Http1.open(gateway.port())) {
                                for (int i = 0; i < 20; i++) {
                                    Reply reply = client.request("GET", "h.test", "/", "");
                                    assertEquals(200, reply.status());
                                    seen.add(reply.text());
                                }
                            }
                            assertEquals(wanted, seen);
                        });
    }
}
