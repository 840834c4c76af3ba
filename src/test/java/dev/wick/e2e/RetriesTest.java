package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are sent again: to a real Envoy and to Wick with the same policies, at hosts that
 * answer the tries of one request as its path says, as {@code /five/503,fin,200}.
 */
class RetriesTest {

    private static final StoreApi STORE = Store.shared().gateway("retries");
    private static final Map<String, AtomicInteger> TRIES = new ConcurrentHashMap<>();

    @AutoClose private static Envoy envoy;
    @AutoClose private static Gateway gateway;
    private static int envoyPort;

    @AutoClose private static final Upstream UPSTREAM = Upstream.answering(RetriesTest::answer);

    private static void answer(Exchange exchange) throws IOException {
        Request request = exchange.request();
        String body = new String(exchange.body());
        int before =
                TRIES.computeIfAbsent(request.field("x-id"), id -> new AtomicInteger())
                        .getAndIncrement();
        String[] acts = request.target().split("/")[2].split(",");
        String act = acts[Math.min(before, acts.length - 1)];
        if (act.startsWith("late-")) {
            LockSupport.parkNanos(700_000_000);
            act = act.substring("late-".length());
        }
        if (act.equals("fin")) {
            exchange.end();
        } else if (act.equals("rst")) {
            exchange.reset();
        } else if (act.equals("garbage")) {
            exchange.send("SSH-2.0-x\r\n\r\n");
        } else {
            String[] parts = act.split("\\+");
            String[] fields = new String[parts.length - 1];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = parts[i + 1].replace("=", ": ");
            }
            String text = parts[0].equals("204") ? "" : "try " + before + " of " + body;
            exchange.reply(Integer.parseInt(parts[0]), text, fields);
        }
    }

    @BeforeAll
    static void start() {
        int refused = Ports.free();
        Envoy.require();
        envoyPort = Ports.free();
        envoy =
                Envoy.routing(
                        envoyPort,
                        """
                        - name: retries
                          domains: [retries.test]
                          include_request_attempt_count: true
                          include_attempt_count_in_response: true
                          include_is_timeout_retry_header: true
                          retry_policy: {retry_on: 5xx, num_retries: 2}
                          routes:
                          - {match: {prefix: /five/}, route: {cluster: up}}
                          - {match: {prefix: /never/}, route: {cluster: up, retry_policy: {retry_on: 5xx, num_retries: 0}}}
                          - {match: {prefix: /once/}, route: {cluster: up, retry_policy: {retry_on: 5xx}}}
                          - {match: {prefix: /gateway/}, route: {cluster: up, retry_policy: {retry_on: gateway-error, num_retries: 2}}}
                          - {match: {prefix: /reset/}, route: {cluster: up, retry_policy: {retry_on: reset, num_retries: 2}}}
                          - {match: {prefix: /before/}, route: {cluster: up, retry_policy: {retry_on: reset-before-request, num_retries: 2}}}
                          - {match: {prefix: /connect/}, route: {cluster: up, retry_policy: {retry_on: connect-failure, num_retries: 2}}}
                          - {match: {prefix: /refused/}, route: {cluster: refused, retry_policy: {retry_on: connect-failure, num_retries: 2}}}
                          - {match: {prefix: /refused-before/}, route: {cluster: refused, retry_policy: {retry_on: reset-before-request, num_retries: 1}}}
                          - {match: {prefix: /refused-not/}, route: {cluster: refused, retry_policy: {retry_on: retriable-4xx}}}
                          - {match: {prefix: /empty/}, route: {cluster: empty}}
                          - {match: {prefix: /limited/}, route: {cluster: up, retry_policy: {retry_on: "5xx,envoy-ratelimited", num_retries: 2}}}
                          - {match: {prefix: /conflict/}, route: {cluster: up, retry_policy: {retry_on: retriable-4xx, num_retries: 2}}}
                          - {match: {prefix: /codes/}, route: {cluster: up, retry_policy: {retry_on: retriable-status-codes, retriable_status_codes: [404, 429], num_retries: 2}}}
                          - {match: {prefix: /headers/}, route: {cluster: up, retry_policy: {retry_on: retriable-headers, num_retries: 2, retriable_headers: [{name: X-Again, string_match: {exact: "yes"}}, {name: x-also, present_match: true}]}}}
                          - {match: {prefix: /asked/}, route: {cluster: up, retry_policy: {retry_on: 5xx, num_retries: 2, retriable_request_headers: [{name: ":method", string_match: {exact: PUT}}]}}}
                          - {match: {prefix: /grpc/}, route: {cluster: up, retry_policy: {retry_on: "cancelled,deadline-exceeded,internal,resource-exhausted,unavailable", num_retries: 2}}}
                          - {match: {prefix: /after/}, route: {cluster: up, retry_policy: {retry_on: 5xx, num_retries: 2, rate_limited_retry_back_off: {reset_headers: [{name: Retry-After, format: SECONDS}, {name: X-RateLimit-Reset, format: UNIX_TIMESTAMP}]}}}}
                          - {match: {prefix: /try/}, route: {cluster: up, retry_policy: {retry_on: 5xx, num_retries: 1, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /try-no/}, route: {cluster: up, retry_policy: {retry_on: retriable-4xx, num_retries: 1, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /idle/}, route: {cluster: up, retry_policy: {retry_on: reset, num_retries: 1, per_try_idle_timeout: 0.3s}}}
                          - {match: {prefix: /whole/}, route: {cluster: up, timeout: 0.4s, retry_policy: {retry_on: 5xx, num_retries: 5, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /hedge/}, route: {cluster: up, hedge_policy: {hedge_on_per_try_timeout: true}, retry_policy: {retry_on: 5xx, num_retries: 1, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /small/}, request_body_buffer_limit: 10, route: {cluster: up}}
                        - name: counted
                          domains: [counted.test]
                          retry_policy: {retry_on: 5xx, retry_back_off: {base_interval: 0.001s}}
                          virtual_clusters: [{name: x, headers: [{name: ":path", string_match: {prefix: /x/}}]}]
                          routes:
                          - {match: {prefix: /x/}, request_body_buffer_limit: 10, route: {cluster: counted}}
                          - {match: {prefix: /try/}, route: {cluster: counted, retry_policy: {retry_on: 5xx, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /whole/}, route: {cluster: counted, timeout: 0.3s}}
                          - {match: {prefix: /hedge/}, route: {cluster: counted, hedge_policy: {hedge_on_per_try_timeout: true}, retry_policy: {retry_on: 5xx, per_try_timeout: 0.3s}}}
                          - {match: {prefix: /refused/}, route: {cluster: refused-counted}}
                          - {match: {prefix: /empty/}, route: {cluster: empty-counted}}
                        """,
                        """
                        - name: up
                          load_assignment: {cluster_name: up, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %1$d}}}}]}]}
                        - name: empty
                          load_assignment: {cluster_name: empty}
                        - name: empty-counted
                          load_assignment: {cluster_name: empty-counted}
                        - name: refused
                          load_assignment: {cluster_name: refused, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %2$d}}}}]}]}
                        - name: counted
                          load_assignment: {cluster_name: counted, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %1$d}}}}]}]}
                        - name: refused-counted
                          load_assignment: {cluster_name: refused-counted, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %2$d}}}}]}]}
                        """
                                .formatted(UPSTREAM.port(), refused));
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: retries
                        domains: [retries.test]
                        includeRequestAttemptCount: true
                        includeAttemptCountInResponse: true
                        includeIsTimeoutRetryHeader: true
                        retryPolicy: {retryOn: 5xx, numRetries: 2}
                        routes:
                          - {match: {path: {prefix: /five/}}, route: {cluster: up}}
                          - {match: {path: {prefix: /never/}}, route: {cluster: up, retryPolicy: {retryOn: 5xx, numRetries: 0}}}
                          - {match: {path: {prefix: /once/}}, route: {cluster: up, retryPolicy: {retryOn: 5xx}}}
                          - {match: {path: {prefix: /gateway/}}, route: {cluster: up, retryPolicy: {retryOn: gateway-error, numRetries: 2}}}
                          - {match: {path: {prefix: /reset/}}, route: {cluster: up, retryPolicy: {retryOn: reset, numRetries: 2}}}
                          - {match: {path: {prefix: /before/}}, route: {cluster: up, retryPolicy: {retryOn: reset-before-request, numRetries: 2}}}
                          - {match: {path: {prefix: /connect/}}, route: {cluster: up, retryPolicy: {retryOn: connect-failure, numRetries: 2}}}
                          - {match: {path: {prefix: /refused/}}, route: {cluster: refused, retryPolicy: {retryOn: connect-failure, numRetries: 2}}}
                          - {match: {path: {prefix: /refused-before/}}, route: {cluster: refused, retryPolicy: {retryOn: reset-before-request, numRetries: 1}}}
                          - {match: {path: {prefix: /refused-not/}}, route: {cluster: refused, retryPolicy: {retryOn: retriable-4xx}}}
                          - {match: {path: {prefix: /empty/}}, route: {cluster: empty}}
                          - {match: {path: {prefix: /limited/}}, route: {cluster: up, retryPolicy: {retryOn: "5xx,envoy-ratelimited", numRetries: 2}}}
                          - {match: {path: {prefix: /conflict/}}, route: {cluster: up, retryPolicy: {retryOn: retriable-4xx, numRetries: 2}}}
                          - {match: {path: {prefix: /codes/}}, route: {cluster: up, retryPolicy: {retryOn: retriable-status-codes, retriableStatusCodes: [404, 429], numRetries: 2}}}
                          - {match: {path: {prefix: /headers/}}, route: {cluster: up, retryPolicy: {retryOn: retriable-headers, numRetries: 2, retriableHeaders: [{name: X-Again, exact: "yes"}, {name: x-also, present: true}]}}}
                          - {match: {path: {prefix: /asked/}}, route: {cluster: up, retryPolicy: {retryOn: 5xx, numRetries: 2, retriableRequestHeaders: [{name: ":method", exact: PUT}]}}}
                          - {match: {path: {prefix: /grpc/}}, route: {cluster: up, retryPolicy: {retryOn: "cancelled,deadline-exceeded,internal,resource-exhausted,unavailable", numRetries: 2}}}
                          - {match: {path: {prefix: /after/}}, route: {cluster: up, retryPolicy: {retryOn: 5xx, numRetries: 2, rateLimitedRetryBackOff: {resetHeaders: [{name: Retry-After, format: SECONDS}, {name: X-RateLimit-Reset, format: UNIX_TIMESTAMP}]}}}}
                          - {match: {path: {prefix: /try/}}, route: {cluster: up, retryPolicy: {retryOn: 5xx, numRetries: 1, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /try-no/}}, route: {cluster: up, retryPolicy: {retryOn: retriable-4xx, numRetries: 1, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /idle/}}, route: {cluster: up, retryPolicy: {retryOn: reset, numRetries: 1, perTryIdleTimeout: 300ms}}}
                          - {match: {path: {prefix: /whole/}}, route: {cluster: up, timeout: 400ms, retryPolicy: {retryOn: 5xx, numRetries: 5, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /hedge/}}, route: {cluster: up, hedgePolicy: {hedgeOnPerTryTimeout: true}, retryPolicy: {retryOn: 5xx, numRetries: 1, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /small/}}, route: {cluster: up, requestBodyBufferLimit: 10}}
                        ---
                        kind: VirtualHost
                        name: counted
                        domains: [counted.test]
                        retryPolicy: {retryOn: 5xx, retryBackOff: {baseInterval: 1ms}}
                        virtualClusters: [{name: x, headers: [{name: ":path", prefix: /x/}]}]
                        routes:
                          - {match: {path: {prefix: /x/}}, route: {cluster: counted, requestBodyBufferLimit: 10}}
                          - {match: {path: {prefix: /try/}}, route: {cluster: counted, retryPolicy: {retryOn: 5xx, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /whole/}}, route: {cluster: counted, timeout: 300ms}}
                          - {match: {path: {prefix: /hedge/}}, route: {cluster: counted, hedgePolicy: {hedgeOnPerTryTimeout: true}, retryPolicy: {retryOn: 5xx, perTryTimeout: 300ms}}}
                          - {match: {path: {prefix: /refused/}}, route: {cluster: refused-counted}}
                          - {match: {path: {prefix: /empty/}}, route: {cluster: empty-counted}}
                        ---
                        kind: Cluster
                        name: empty
                        endpoints: []
                        ---
                        kind: Cluster
                        name: empty-counted
                        endpoints: []
                        ---
                        """
                        + Documents.cluster("up", UPSTREAM.port())
                        + Documents.cluster("refused", refused)
                        + Documents.cluster("counted", UPSTREAM.port())
                        + Documents.cluster("refused-counted", refused));
        gateway = Gateway.start(Store.shared(), "retries");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /five/200",
                "GET /five/503,200",
                "GET /five/500,501,200",
                "GET /five/503",
                "GET /five/fin,200",
                "GET /five/rst,200",
                "GET /five/garbage,200",
                "GET /five/fin",
                "GET /five/503,fin",
                "GET /five/garbage",
                "GET /five/404,200",
                "GET /five/503+x-envoy-overloaded=true,200",
                "GET /five/503+x-envoy-ratelimited=true,200",
                "HEAD /five/503,200",
                "HEAD /five/503,204",
                "POST /five/503,fin,200",
                "PUT /five/503,200",
                "GET /never/503,200",
                "GET /once/503,503,200",
                "GET /gateway/500,200",
                "GET /gateway/502,504,200",
                "GET /gateway/fin,200",
                "GET /reset/fin,rst,200",
                "GET /reset/503,200",
                "GET /before/fin,200",
                "GET /connect/fin,200",
                "GET /refused/x",
                "GET /refused-before/x",
                "GET /refused-not/x",
                "GET /empty/x",
                "GET /limited/429+x-envoy-ratelimited=true,200",
                "GET /limited/503+x-envoy-ratelimited=true,200",
                "GET /conflict/409,200",
                "GET /conflict/404,200",
                "GET /codes/404,429,200",
                "GET /codes/503,200",
                "GET /headers/200+x-again=yes,200+x-also=1,200",
                "GET /headers/200+x-again=no,200",
                "GET /asked/503,200",
                "PUT /asked/503,200",
                "GET /grpc/200+grpc-status=14,200+grpc-status=1,200+grpc-status=0",
                "GET /grpc/200+grpc-status=8,200+grpc-status=13,200+grpc-status=0",
                "GET /grpc/200+grpc-status=4,200+grpc-status=2,200+grpc-status=0",
                "GET /after/503+retry-after=1,200",
                "GET /after/503+retry-after=1000,200",
                "GET /after/503+x-ratelimit-reset=1,200",
                "GET /try/late-200,200",
                "GET /try/late-200",
                "GET /try/503,late-200",
                "GET /try-no/late-200,200",
                "GET /idle/late-200,200",
                "GET /idle/late-200",
                "GET /whole/late-200",
                "GET /hedge/late-200,200",
                "GET /hedge/late-200,503",
                "GET /hedge/late-503,503",
                "GET /hedge/late-200,late-201",
                "GET /hedge/503,late-200",
                "POST /hedge/late-200,201",
                "POST /small/503,200",
                "PUT /small/503,200",
            })
    void client_and_hosts_see_what_envoy_would_show_them(String request) {
        assertEquals(seen(envoyPort, request), seen(gateway.port(), request));
    }

    /** A POST has a body of 20 bytes, a PUT one of 4. */
    private static String seen(int port, String request) {
        String[] parts = request.split(" ");
        String id = port + request;
        String body =
                switch (parts[0]) {
                    case "POST" -> "twenty bytes of body";
                    case "PUT" -> "four";
                    default -> "";
                };
        TRIES.remove(id);
        int before = UPSTREAM.requests().size();
        String shown;
        try (Http1 client = Http1.open(port)) {
            Reply reply = client.request(parts[0], "retries.test", parts[1], body, "x-id: " + id);
            shown =
                    reply.status()
                            + "\n"
                            + reply.text().replaceFirst("(remote connection failure).*", "$1")
                            + "\n"
                            + reply.fields("x-envoy-attempt-count")
                            + reply.fields("x-envoy-ratelimited")
                            + reply.fields("x-envoy-overloaded")
                            + reply.fields("grpc-status");
        }
        List<String> tries = new ArrayList<>();
        List<Request> all = UPSTREAM.requests();
        for (Request seen : all.subList(before, all.size())) {
            tries.add(
                    seen.fields().stream()
                            .filter(
                                    field ->
                                            field.name().startsWith("x-envoy-attempt")
                                                    || field.name().startsWith("x-envoy-is"))
                            .map(field -> field.name() + "=" + field.value())
                            .collect(Collectors.joining(" ")));
        }
        return shown + "\n" + String.join("\n", tries);
    }

    /** Of clusters and virtual clusters: what becomes of requests, and how often they are sent. */
    private static final Pattern COUNTED =
            Pattern.compile(
                    "(cluster\\.(refused-|empty-)?counted\\.|vhost\\.counted\\.vcluster\\.(x|other)\\.)"
                            + "(retry\\.)?(upstream_rq_(\\d(xx|\\d\\d)|completed|total|timeout|per_try_.*|retry.*"
                            + "|max_duration_reached)|retry_or_shadow_abandoned): [1-9].*");

    @Test
    void what_becomes_of_requests_is_counted_as_envoy_counts_it() {
        for (int port : new int[] {envoyPort, gateway.port()}) {
            for (String path :
                    List.of(
                            "/x/200",
                            "/x/404",
                            "/x/503,200",
                            "/x/503,500",
                            "/x/fin,201",
                            "/x/garbage",
                            "/x/503,rst",
                            "/try/late-200,200",
                            "/try/late-200",
                            "/whole/late-200",
                            "/hedge/late-200,200",
                            "/refused/x",
                            "/empty/x")) {
                try (Http1 client = Http1.open(port)) {
                    client.request("GET", "counted.test", path, "", "x-id: counted" + port + path);
                }
            }
            try (Http1 client = Http1.open(port)) {
                String body = "more than ten bytes";
                client.request("POST", "counted.test", "/x/503,200", body, "x-id: post" + port);
            }
        }
        assertEquals(
                counted(envoy.stats("").stream()),
                counted(gateway.admin("GET", "/stats").text().lines()));
        gateway.awaitLogged("500 URX");
    }

    private static String counted(Stream<String> stats) {
        return stats.filter(line -> COUNTED.matcher(line).matches())
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
