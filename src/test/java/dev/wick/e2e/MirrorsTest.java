package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Copies of requests, and requests that are counted by themselves. */
class MirrorsTest {

    private static final StoreApi STORE = Store.shared().gateway("mirrors");
    private static final BlockingQueue<String> COPIED = new LinkedBlockingQueue<>();

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream UPSTREAM = Upstream.echo();

    /** Keeps what it is sent, and answers with an error. */
    @AutoClose
    private static final Upstream SHADOW =
            Upstream.answering(
                    exchange -> {
                        Request request = exchange.request();
                        String body = new String(exchange.body(), StandardCharsets.UTF_8);
                        COPIED.add(
                                String.join(
                                        " ",
                                        request.method(),
                                        request.target(),
                                        String.valueOf(request.field("host")),
                                        String.valueOf(request.field("x-added")),
                                        body));
                        exchange.reply(500, "nobody reads this");
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: mirrors
                        domains: [mirrors.test]
                        virtualClusters:
                          - name: posts
                            headers: [{name: ":method", exact: POST}, {name: ":path", prefix: /copied}]
                        routes:
                          - match: {path: {prefix: /copied}}
                            requestHeaders: {set: [{name: x-added, value: "yes"}]}
                            route:
                              cluster: mirrors
                              prefixRewrite: /new
                              requestMirrorPolicies:
                                - cluster: shadow
                                - cluster: gone
                                - {cluster: shadow, runtimeFraction: {defaultValue: {numerator: 0}}}
                          - match: {path: {prefix: /same}}
                            route:
                              cluster: mirrors
                              requestMirrorPolicies:
                                - {cluster: shadow, disableShadowHostSuffixAppend: true}
                          - match: {path: {prefix: /}}
                            route: {cluster: mirrors}
                        ---
                        kind: Cluster
                        name: gone
                        ---
                        """
                        + Documents.cluster("mirrors", UPSTREAM.port())
                        + Documents.cluster("shadow", SHADOW.port()));
        gateway = Gateway.start(Store.shared(), "mirrors");
    }

    /** The first copy to come whose text begins so. */
    private static String copied(String begin) throws InterruptedException {
        String next = "";
        while (next != null && !next.startsWith(begin)) {
            next = COPIED.poll(10, TimeUnit.SECONDS);
        }
        return String.valueOf(next);
    }

    @Test
    void a_copy_has_head_and_body_and_its_answer_is_dropped() throws Exception {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply reply = client.request("POST", "mirrors.test", "/copied/x?q=1", "hello");

            assertEquals(200, reply.status());
            assertEquals("hello", reply.text());
        }
        assertEquals("POST /new/x?q=1 mirrors.test-shadow yes hello", copied("POST /new/x"));
        assertTrue(gateway.stat("cluster.shadow.upstream_rq_total") > 0);
    }

    @Test
    void a_copy_may_keep_its_host() throws Exception {
        assertEquals(200, gateway.get("mirrors.test", "/same").status());
        assertEquals("GET /same mirrors.test null ", copied("GET /same"));
    }

    @Test
    void requests_that_a_virtual_cluster_takes_are_counted_there_and_all_others_together() {
        long before = gateway.stat("vhost.mirrors.vcluster.other.upstream_rq_2xx");
        gateway.get("mirrors.test", "/plain");
        assertEquals(before + 1, gateway.stat("vhost.mirrors.vcluster.other.upstream_rq_2xx"));

        try (Http1 client = Http1.open(gateway.port())) {
            client.request("POST", "mirrors.test", "/copied", "x");
        }
        assertTrue(gateway.stat("vhost.mirrors.vcluster.posts.upstream_rq_total") > 0);
        List<String> lines = gateway.admin("GET", "/stats/prometheus").text().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line ->
                                        line.startsWith(
                                                "envoy_vhost_vcluster_upstream_rq_total{envoy_virtual_host=\"mirrors\",envoy_virtual_cluster=\"posts\"} ")));
    }
}
