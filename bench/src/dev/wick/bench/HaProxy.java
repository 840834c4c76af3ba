package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy with a map from host to backend, a backend for each host, no log, two threads. */
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
        Path map = task.folder().resolve("haproxy-" + task.hosts() + ".map");
        Path file = task.folder().resolve("haproxy-" + task.hosts() + ".cfg");
        try (Writer hosts = Files.newBufferedWriter(map);
                Writer out = Files.newBufferedWriter(file)) {
            out.write(HEAD.formatted(port, map));
            for (int i = 0; i < task.hosts(); i++) {
                hosts.write(Task.host(i) + " c" + i + "\n");
                out.write("backend c%d\n  server s 127.0.0.1:%d\n".formatted(i, task.backendPort()));
            }
        }
        return List.of(binary, "-db", "-f", file.toString());
    }

    private static final String HEAD =
            """
            global
              nbthread 2
              maxconn 8192
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              http-reuse always
            frontend http
              bind 127.0.0.1:%d
              option forwardfor
              http-request set-header x-request-id %%[uuid]
              http-request set-header x-forwarded-proto http
              use_backend %%[req.hdr(host),lower,map(%s)]
            """;
}
