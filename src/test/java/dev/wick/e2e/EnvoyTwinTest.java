package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same request to a real Envoy and to Wick, with the same routes: clients and upstreams see the
 * same.
 */
class EnvoyTwinTest {

    private static final StoreApi STORE = Store.shared().gateway("twin");

    @AutoClose private static Envoy envoy;
    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        String path = exchange.request().target();
                        if (path.startsWith("/fin")) {
                            exchange.end();
                        } else if (path.startsWith("/garbage")) {
                            exchange.send("SSH-2.0-x\r\n\r\n");
                        } else {
                            String body = new String(exchange.body());
                            exchange.reply(200, "ok " + body, "x-up: 1", "keep-alive: timeout=5");
                        }
                    });

    @BeforeAll
    static void start() {
        int refused = Ports.free();
        envoy =
                Envoy.start(
                        """
                        - name: twin
                          domains: [twin.test]
                          routes:
                          - {match: {prefix: /rewrite/}, route: {cluster: up, prefix_rewrite: /new/}}
                          - {match: {prefix: /redirect}, redirect: {host_redirect: other.test, path_redirect: /there, response_code: TEMPORARY_REDIRECT}}
                          - {match: {prefix: /https}, redirect: {https_redirect: true}}
                          - {match: {prefix: /direct}, direct_response: {status: 418, body: {inline_string: tea}}}
                          - {match: {prefix: /empty}, route: {cluster: empty}}
                          - {match: {prefix: /refused}, route: {cluster: refused}}
                          - match: {prefix: /headers}
                            route: {cluster: up}
                            request_headers_to_add: [{header: {key: x-a, value: v}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}, {header: {key: x-b, value: v}}]
                            request_headers_to_remove: [x-c]
                            response_headers_to_add: [{header: {key: x-d, value: v}}]
                            response_headers_to_remove: [x-up]
                          - {match: {prefix: /}, route: {cluster: up}}
                        """,
                        """
                        - name: up
                          load_assignment: {cluster_name: up, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}
                        - name: empty
                          load_assignment: {cluster_name: empty}
                        - name: refused
                          load_assignment: {cluster_name: refused, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}
                        """
                                .formatted(UPSTREAM.port(), refused));
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: twin
                        domains: [twin.test]
                        routes:
                          - {match: {path: {prefix: /rewrite/}}, route: {cluster: up, prefixRewrite: /new/}}
                          - {match: {path: {prefix: /redirect}}, redirect: {host: other.test, path: /there, status: 307}}
                          - {match: {path: {prefix: /https}}, redirect: {scheme: https}}
                          - {match: {path: {prefix: /direct}}, directResponse: {status: 418, body: tea}}
                          - {match: {path: {prefix: /empty}}, route: {cluster: empty}}
                          - {match: {path: {prefix: /refused}}, route: {cluster: refused}}
                          - match: {path: {prefix: /headers}}
                            route: {cluster: up}
                            requestHeaders: {set: [{name: x-a, value: v}], add: [{name: x-b, value: v}], remove: [x-c]}
                            responseHeaders: {add: [{name: x-d, value: v}], remove: [x-up]}
                          - {match: {path: {prefix: /}}, route: {cluster: up}}
                        ---
                        kind: Cluster
                        name: empty
                        endpoints: []
                        ---
                        """
                        + Documents.cluster("up", UPSTREAM.port())
                        + Documents.cluster("refused", refused));
        gateway = Gateway.start(Store.shared(), "twin");
    }

    static List<String> requests() {
        return Stream.of(
                        "GET / HTTP/1.1|",
                        "GET /a?b=c HTTP/1.1|accept: */*|user-agent: x",
                        "HEAD / HTTP/1.1|",
                        "OPTIONS * HTTP/1.1|",
                        "DELETE /x HTTP/1.1|",
                        "GET /rewrite/a?b HTTP/1.1|",
                        "GET /redirect/x?y=1 HTTP/1.1|",
                        "GET /https/x?y=1 HTTP/1.1|",
                        "GET /direct HTTP/1.1|",
                        "HEAD /direct HTTP/1.1|",
                        "GET /empty HTTP/1.1|",
                        "GET /refused HTTP/1.1|",
                        "GET /fin HTTP/1.1|",
                        "GET /garbage HTTP/1.1|",
                        "GET /headers HTTP/1.1|x-a: 1|x-b: 1|x-c: 1",
                        "GET / HTTP/1.1|x-forwarded-for: 1.2.3.4|x-forwarded-proto: https|x-request-id: mine",
                        "GET / HTTP/1.1|connection: close",
                        "GET / HTTP/1.1|connection: x-hop, keep-alive|x-hop: 1|keep-alive: 5|proxy-connection: x|te: trailers",
                        "GET / HTTP/1.1|x-envoy-internal: true|x-envoy-upstream-rq-timeout-ms: 5000",
                        "GET / HTTP/1.1|X-Mixed-Case: A|x-empty:|x-spaces:   a  b  ",
                        "POST / HTTP/1.1|content-length: 0",
                        "GET / HTTP/1.1|cookie: a=1|cookie: b=2",
                        "GET http://twin.test/abs HTTP/1.1|")
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void client_and_upstream_see_what_envoy_would_show_them(String request) {
        String head =
                request.replaceFirst("\\|", "|host: twin.test|")
                                .replaceAll("\\|+$", "")
                                .replace("|", "\r\n")
                        + "\r\n\r\n";
        assertEquals(seen(envoy.port(), head), seen(gateway.port(), head));
    }

    private static String seen(int port, String head) {
        int before = UPSTREAM.requests().size();
        String shown;
        try (Http1 client = Http1.open(port)) {
            client.send(head);
            Reply reply = client.reply(head.substring(0, head.indexOf(' ')));
            shown = reply.status() + "\n" + text(reply) + "\n" + fields(reply.fields());
        } catch (UncheckedIOException e) {
            shown = "no answer";
        }
        StringBuilder upstream = new StringBuilder();
        if (UPSTREAM.requests().size() > before) {
            upstream.append(UPSTREAM.last().method() + " " + UPSTREAM.last().target() + "\n");
            upstream.append(fields(UPSTREAM.last().fields()));
        }
        return "client: " + shown + "\nupstream: " + upstream;
    }

    /** Envoy adds what the kernel said, in words of its own. */
    private static String text(Reply reply) {
        return reply.text().replaceFirst("(remote connection failure).*", "$1");
    }

    /** Sorted, in lower case, without what differs from one request to the next. */
    private static String fields(List<Field> fields) {
        Set<String> changing =
                Set.of("date", "x-request-id", "x-envoy-upstream-service-time", "server");
        TreeSet<String> lines = new TreeSet<>();
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            String value = field.value();
            if (name.equals("x-forwarded-for")) {
                // For a client on loopback, Envoy puts an address of the machine's own.
                value = value.replaceFirst("[0-9.:a-f]+$", "client");
            }
            lines.add(name + (changing.contains(name) ? "" : ": " + value));
        }
        return String.join("\n", lines);
    }
}
