package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Envoy with a static file; the router filter only, no access log, two workers. */
final class Envoy implements Contestant {

    private final Path binary;
    private Task task;

    Envoy(Path home) {
        this.binary = home.resolve(".peers/envoy/envoy");
    }

    @Override
    public String name() {
        return "Envoy";
    }

    @Override
    public String missing() {
        return Files.isExecutable(binary) ? "" : "no .peers/envoy/envoy (./wick peers fetches it)";
    }

    @Override
    public void prepare(Task task) {
        this.task = task;
    }

    @Override
    public List<String> command(int port) throws IOException {
        Path file = task.folder().resolve("envoy-" + task.hosts() + ".yaml");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(HEAD.formatted(port));
            for (int i = 0; i < task.hosts(); i++) {
                out.write(
                        "            - {name: v%d, domains: [\"%s\"], routes: [{match: {prefix: /}, route: {cluster: c%d}}]}\n"
                                .formatted(i, Task.host(i), i));
            }
            out.write("  clusters:\n");
            for (int i = 0; i < task.hosts(); i++) {
                out.write(CLUSTER.formatted(i, i, task.backendPort()));
            }
        }
        return List.of(
                binary.toString(),
                "-c",
                file.toString(),
                "--concurrency",
                "2",
                "--disable-hot-restart",
                "--log-level",
                "error");
    }

    private static final String HEAD =
            """
            static_resources:
              listeners:
              - name: http
                address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: http
                      use_remote_address: true
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        name: http
                        virtual_hosts:
            """;

    private static final String CLUSTER =
            "  - {name: c%d, load_assignment: {cluster_name: c%d, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: "
                    + "{address: 127.0.0.1, port_value: %d}}}}]}]}}\n";
}
