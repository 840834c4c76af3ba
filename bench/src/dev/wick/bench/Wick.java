package dev.wick.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Wick: an instance that starts with the name of its gateway and the address of a store, which holds the hosts and runs all the
 * while. Each size is a gateway of its own in that store.
 */
final class Wick implements Contestant {

    private static final int HOSTS_PER_APPLY = 10_000;

    private final String name;
    private final Path home;
    private final List<String> flags;
    private final Store store;
    private final Path cache;
    private Task task;

    /** One store for all sizes, with a token each way. */
    static final class Store implements AutoCloseable {
        private final Path home;
        private final Path folder;
        private final int port = Proc.freePort();
        private final Path data;
        private Proc process;
        private final String url;
        private final HttpClient client = HttpClient.newHttpClient();

        Store(Path home, Path folder) throws IOException {
            this.home = home;
            this.folder = folder;
            data = Files.createDirectories(folder.resolve("store"));
            url = "http://127.0.0.1:" + port;
            process = start();
            await();
        }

        private Proc start() {
            List<String> command =
                    List.of(
                            home.resolve("wick").toString(),
                            "store",
                            "--data", data.toString(),
                            "--api", "127.0.0.1:" + port);
            return Proc.start("store", command, Map.of("WICK_BUILD", "no"), folder);
        }

        /** Milliseconds from a start after {@code kill -9} until it is ready. */
        double killAndRestart() {
            process.close();
            long start = System.nanoTime();
            process = start();
            await();
            return (System.nanoTime() - start) / 1e6;
        }

        private void await() {
            for (int i = 0; i < 30_000 && process.alive(); i++) {
                if (process.output().contains("ready")) {
                    return;
                }
                LockSupport.parkNanos(20_000_000);
            }
            throw new Refusal("the store did not start:\n" + process.output());
        }

        Proc process() {
            return process;
        }

        String url() {
            return url;
        }

        String token(String file) throws IOException {
            return Files.readString(data.resolve(file)).strip();
        }

        /** Applies {@code yaml} to {@code gateway}; milliseconds that it took. */
        double apply(String gateway, String yaml) throws IOException {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/v1/gateways/" + gateway + "/apply"))
                            .header("authorization", "Bearer " + token("token"))
                            .header("content-type", "application/yaml")
                            .POST(HttpRequest.BodyPublishers.ofString(yaml))
                            .build();
            try {
                long start = System.nanoTime();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new Refusal("apply: " + answer.statusCode() + " " + answer.body());
                }
                return (System.nanoTime() - start) / 1e6;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** {@code flags}: for the instance, on top of those that say where it is. */
    Wick(String name, Path home, Path folder, Store store, String... flags) {
        this.name = name;
        this.home = home;
        this.store = store;
        this.flags = List.of(flags);
        this.cache = folder.resolve("cache-" + name.replaceAll("[^a-z0-9]", "-"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String missing() {
        return "";
    }

    /** The gateway that holds what {@code task} needs. */
    static String gateway(Task task) {
        return "bench-" + task.label();
    }

    @Override
    public void prepare(Task task) throws IOException {
        this.task = task;
        store.apply(gateway(task), "kind: Listener\nname: http\nport: 8080\n");
        if (task.scene() != Scene.PLAIN) {
            store.apply(gateway(task), documents(task));
            return;
        }
        for (int from = 0; from < task.hosts(); from += HOSTS_PER_APPLY) {
            store.apply(gateway(task), hosts(from, Math.min(task.hosts(), from + HOSTS_PER_APPLY), task.backendPort()));
        }
    }

    /** Like {@link #prepare}, where the store has them already. */
    void serve(Task task) {
        this.task = task;
    }

    /** Hosts and clusters {@code from} to {@code to}. */
    static String hosts(int from, int to, int backendPort) {
        StringBuilder bundle = new StringBuilder();
        for (int i = from; i < to; i++) {
            bundle.append(
                    """
                    kind: VirtualHost
                    name: v%d
                    domains: [%s]
                    routes: [{match: {path: {prefix: /}}, route: {cluster: c%d}}]
                    ---
                    kind: Cluster
                    name: c%d
                    endpoints: [{address: 127.0.0.1, port: %d}]
                    ---
                    """
                            .formatted(i, Task.host(i), i, i, backendPort));
        }
        return bundle.toString();
    }

    private static String documents(Task task) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < task.hosts(); i++) {
            all.append("kind: VirtualHost\nname: v%d\ndomains: [%s]\nroutes:\n".formatted(i, Task.host(i)));
            if (task.scene() == Scene.ROUTES) {
                for (int route = 0; route < task.routes(); route++) {
                    all.append("- {match: {path: {prefix: %s}}, route: {cluster: c%d}}\n".formatted(Task.route(route), i));
                }
            } else {
                all.append(task.production() ? PRODUCTION.formatted(i) : "- {match: {path: {prefix: /}}, route: {cluster: c%d}}\n".formatted(i));
            }
            all.append("---\nkind: Cluster\nname: c%d\nendpoints: [{address: 127.0.0.1, port: %d}]\n".formatted(i, task.backendPort()));
            all.append(task.grpc() ? "explicitHttpConfig: {http2ProtocolOptions: {}}\n---\n" : "---\n");
        }
        return all.toString();
    }

    private static final String PRODUCTION =
            """
            - match: {path: {prefix: /}}
              route:
                cluster: c%d
                timeout: 15s
                retryPolicy: {retryOn: "connect-failure,reset,gateway-error", numRetries: 2}
              requestHeaders: {set: [{name: x-bench-request, value: there}]}
              responseHeaders: {set: [{name: x-bench-response, value: back}]}
            """;

    @Override
    public Map<String, String> environment() {
        try {
            return Map.of("WICK_BUILD", "no", "WICK_TOKEN", store.token("instance-token"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public List<String> command(int port) throws IOException {
        // A cold instance has no disk copy yet.
        deleteCache();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                home.resolve("wick").toString(),
                                "gateway",
                                "--gateway", gateway(task),
                                "--store", store.url,
                                "--http", "127.0.0.1:" + port,
                                "--admin", "127.0.0.1:" + Proc.freePort(),
                                "--cache", cache.toString()));
        command.addAll(flags);
        return command;
    }

    private void deleteCache() throws IOException {
        if (Files.exists(cache)) {
            try (var files = Files.walk(cache)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
