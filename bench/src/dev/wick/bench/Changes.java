package dev.wick.bench;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes what an instance holds, every second: the host and the cluster under load, and others beside them. */
final class Changes implements AutoCloseable {

    private final Wick.Store store;
    private final Task task;
    private final AtomicInteger made = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Changes(Wick.Store store, Task task) {
        this.store = store;
        this.task = task;
        timer.scheduleAtFixedRate(this::change, 1, 1, TimeUnit.SECONDS);
    }

    int made() {
        return made.get();
    }

    private void change() {
        int number = made.incrementAndGet();
        int host = task.hosts() / 2;
        String endpoint = "{address: 127.0.0.1, port: %d}".formatted(task.backendPort());
        String other = "{address: localhost, port: %d}".formatted(task.backendPort());
        String cluster = "kind: Cluster\nname: c%d\nendpoints: [%s]\n%s---\n";
        String documents =
                switch (number % 5) {
                    case 0 -> host(host, Task.host(host), "value-" + number);
                    case 1 -> cluster.formatted(host, endpoint + ", " + other, "");
                    case 2 -> cluster.formatted(host, endpoint, "connectTimeout: " + (number % 9 + 1) + "s\n");
                    case 3 -> host(100 + number % 50, "new" + number + ".bench.test", "x");
                    default -> cluster.formatted(host, endpoint, "") + host(0, Task.host(0), "value-" + number);
                };
        try {
            store.apply(Wick.gateway(task), documents);
        } catch (IOException | RuntimeException e) {
            System.err.println("change " + number + ": " + e);
        }
    }

    private String host(int i, String domain, String value) {
        return """
        kind: VirtualHost
        name: v%d
        domains: [%s]
        routes:
        - match: {path: {prefix: /}}
          route: {cluster: c%d, timeout: 15s}
          requestHeaders: {set: [{name: x-bench-request, value: %s}]}
          responseHeaders: {set: [{name: x-bench-response, value: %s}]}
        ---
        """
                .formatted(i, domain, Math.min(i, task.hosts() - 1), value, value);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
