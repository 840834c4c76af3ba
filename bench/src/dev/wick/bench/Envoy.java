package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Envoy with a static file; the router filter only, two workers. */
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
        Path file = task.folder().resolve("envoy-" + task.label() + ".yaml");
        try (Writer out = Files.newBufferedWriter(file)) {
            if (task.production()) {
                out.write(ADMIN.formatted(Proc.freePort()));
            }
            out.write(HEAD.formatted(port));
            if (task.production()) {
                out.write(LOG.formatted(task.folder().resolve("envoy-access.log")));
            }
            out.write(ROUTES);
            for (int i = 0; i < task.hosts(); i++) {
                out.write(host(i));
            }
            out.write("  clusters:\n");
            for (int i = 0; i < task.hosts(); i++) {
                out.write(CLUSTER.formatted(i, i, task.backendPort(), task.grpc() ? HTTP2 : ""));
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

    private String host(int i) {
        String host = "            - {name: v%d, domains: [\"%s\"], routes: [%s]}\n";
        if (task.scene() != Scene.ROUTES) {
            return host.formatted(i, Task.host(i), task.production() ? PRODUCTION.formatted(i) : ROUTE.formatted("/", i));
        }
        StringBuilder routes = new StringBuilder();
        for (int route = 0; route < task.routes(); route++) {
            routes.append(route == 0 ? "" : ", ").append(ROUTE.formatted(Task.route(route), i));
        }
        return host.formatted(i, Task.host(i), routes);
    }

    private static final String ROUTE = "{match: {prefix: \"%s\"}, route: {cluster: c%d}}";

    private static final String PRODUCTION =
            "{match: {prefix: /}, route: {cluster: c%d, timeout: 15s, retry_policy: {retry_on: \"connect-failure,reset,gateway-error\", num_retries: 2}}, "
                    + "request_headers_to_add: [{header: {key: x-bench-request, value: there}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}], "
                    + "response_headers_to_add: [{header: {key: x-bench-response, value: back}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}]}";

    private static final String ADMIN = "admin: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}\n";

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
            """;

    private static final String LOG =
            """
                      access_log:
                      - name: envoy.access_loggers.file
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog, path: %s}
            """;

    private static final String ROUTES =
            """
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        name: http
                        virtual_hosts:
            """;

    private static final String CLUSTER =
            "  - {name: c%d, load_assignment: {cluster_name: c%d, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: "
                    + "{address: 127.0.0.1, port_value: %d}}}}]}]}%s}\n";

    private static final String HTTP2 =
            ", typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: "
                    + "{\"@type\": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, "
                    + "explicit_http_config: {http2_protocol_options: {}}}}";
}
