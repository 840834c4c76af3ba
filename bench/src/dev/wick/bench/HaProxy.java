package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy with a map from host to backend, a backend for each host, two threads. */
final class HaProxy implements Contestant {

    private final String binary = Tools.find("haproxy");
    private Task task;

    @Override
    public String name() {
        return "HAProxy";
    }

    @Override
    public String missing() {
        return binary.isEmpty() ? "not installed (Debian: haproxy)" : "";
    }

    @Override
    public void prepare(Task task) {
        this.task = task;
    }

    @Override
    public List<String> command(int port) throws IOException {
        Path map = task.folder().resolve("haproxy-" + task.label() + ".map");
        Path file = task.folder().resolve("haproxy-" + task.label() + ".cfg");
        try (Writer names = Files.newBufferedWriter(map);
                Writer out = Files.newBufferedWriter(file)) {
            out.write(HEAD.formatted(task.production() ? LOG : "", port, task.scene().http2Clients() ? " proto h2" : ""));
            out.write(task.production() ? PRODUCTION : "");
            if (task.scene() == Scene.ROUTES) {
                out.write("  use_backend %%[path,map_beg(%s)]\n".formatted(map));
                for (int i = 0; i < task.routes(); i++) {
                    names.write(Task.route(i) + " c0\n");
                }
            } else {
                out.write("  use_backend %%[req.hdr(host),lower,map(%s)]\n".formatted(map));
            }
            for (int i = 0; i < task.hosts(); i++) {
                names.write(task.scene() == Scene.ROUTES ? "" : Task.host(i) + " c" + i + "\n");
                out.write("backend c%d\n  server s 127.0.0.1:%d%s\n".formatted(i, task.backendPort(), task.grpc() ? " proto h2" : ""));
            }
            out.write(task.production() ? METRICS.formatted(Proc.freePort()) : "");
        }
        return List.of(binary, "-db", "-f", file.toString());
    }

    /** Its output is a file here. */
    private static final String LOG =
            """
              log stdout format raw local0
              option httplog
              timeout http-request 15s
              retries 2
              retry-on conn-failure empty-response 502 503 504
            """;

    private static final String PRODUCTION =
            """
              http-request set-header x-bench-request there
              http-response set-header x-bench-response back
            """;

    private static final String METRICS =
            """
            frontend metrics
              bind 127.0.0.1:%d
              http-request use-service prometheus-exporter if { path /metrics }
            """;

    private static final String HEAD =
            """
            global
              nbthread 2
              maxconn 8192
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 15s
              http-reuse always
            %sfrontend http
              bind 127.0.0.1:%d%s
              option forwardfor
              http-request set-header x-request-id %%[uuid]
              http-request set-header x-forwarded-proto http
            """;
}
