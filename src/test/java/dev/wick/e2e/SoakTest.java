package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Traffic while the configuration under it changes all the time, with every buffer of Netty's
 * watched. {@code ./wick bench soak} does it for long.
 */
class SoakTest {

    private static final int CHANGES = 40;
    private static final String BODY = "b".repeat(20_000);

    private final StoreApi store = Store.shared().gateway("soak");
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void no_request_fails_and_no_buffer_is_lost_while_the_configuration_changes() throws Exception {
        try (Upstream one = Upstream.echo();
                Upstream two = Upstream.echo()) {
            store.apply(Documents.listener() + host(0) + cluster(0, one, two));
            Map<String, String> watched =
                    Map.of("JAVA_TOOL_OPTIONS", "-Dio.netty.leakDetection.level=paranoid");
            try (Gateway gateway = Gateway.start(Store.shared(), "soak", watched)) {
                try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                    List<Future<?>> running = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        running.add(clients.submit(() -> overHttp1(gateway.port())));
                        running.add(clients.submit(() -> overHttp2(gateway.port())));
                    }
                    for (int change = 1; change <= CHANGES; change++) {
                        store.apply(change % 2 == 0 ? host(change) : cluster(change, one, two));
                        // The traffic that a change meets is what this is about.
                        TimeUnit.MILLISECONDS.sleep(200);
                    }
                    over.set(true);
                    for (Future<?> future : running) {
                        future.get(30, TimeUnit.SECONDS);
                    }
                }
                assertEquals(List.of(), List.copyOf(wrong));
                assertNoLeak(gateway);
            }
        }
    }

    /** Buffers that nobody holds are reported when the next one is taken after a collection. */
    private static void assertNoLeak(Gateway gateway) throws Exception {
        String jcmd = System.getProperty("java.home") + "/bin/jcmd";
        String pid = Long.toString(gateway.process().pid());
        assertEquals(0, new ProcessBuilder(jcmd, pid, "GC.run").start().waitFor());
        for (int i = 0; i < 20; i++) {
            assertEquals(200, gateway.get("soak.test", "/").status());
        }
        List<String> leaks =
                gateway.process().lines().stream().filter(line -> line.contains("LEAK")).toList();
        assertEquals(List.of(), leaks);
        assertTrue(gateway.process().running());
    }

    private static String host(int change) {
        return """
        kind: VirtualHost
        name: soak
        domains: [soak.test]
        routes:
          - match: {path: {prefix: /}}
            route: {cluster: soak, timeout: %ds}
            responseHeaders: {set: [{name: x-change, value: "%d"}]}
        ---
        """
                .formatted(20 + change, change);
    }

    private static String cluster(int change, Upstream one, Upstream two) {
        String both =
                "[{address: 127.0.0.1, port: %d}, {address: 127.0.0.1, port: %d}]"
                        .formatted(one.port(), two.port());
        String first = "[{address: 127.0.0.1, port: %d}]".formatted(one.port());
        return "kind: Cluster\nname: soak\nendpoints: %s\nconnectTimeout: %ds\n---\n"
                .formatted(change % 4 == 1 ? both : first, 5 + change % 3);
    }

    private void overHttp1(int port) {
        while (!over.get()) {
            try (Http1 client = Http1.open(port)) {
                for (int i = 0; i < 50; i++) {
                    String body = i % 2 == 0 ? "" : BODY;
                    String method = body.isEmpty() ? "GET" : "POST";
                    check(() -> client.request(method, "soak.test", "/", body), body);
                }
            }
        }
    }

    private void overHttp2(int port) {
        while (!over.get()) {
            try (Http2 client = Http2.open(port)) {
                for (int i = 0; i < 50; i++) {
                    check(() -> client.send("POST", "soak.test", "/", BODY).join(), BODY);
                }
            }
        }
    }

    private void check(Supplier<Reply> request, String body) {
        try {
            Reply reply = request.get();
            if (reply.status() != 200 || !reply.text().equals(body)) {
                wrong.add(reply.status() + " " + reply.body().length);
            }
        } catch (RuntimeException | AssertionError e) {
            wrong.add(e.toString());
        }
    }
}
