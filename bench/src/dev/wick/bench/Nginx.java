package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with a server and an upstream for each host, kept connections, no access log, two workers. */
final class Nginx implements Contestant {

    private final String binary = Tools.find("nginx");
    private Task task;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String missing() {
        return binary.isEmpty() ? "not installed (Debian: nginx)" : "";
    }

    @Override
    public void prepare(Task task) {
        this.task = task;
    }

    @Override
    public List<String> command(int port) throws IOException {
        Path file = task.folder().resolve("nginx-" + task.hosts() + ".conf");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(HEAD.formatted(task.folder(), task.folder(), Math.max(1024, task.hosts() * 4)));
            for (int i = 0; i < task.hosts(); i++) {
                out.write(
                        "upstream c%d { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000000; }\n"
                                .formatted(i, task.backendPort()));
                String listen = "127.0.0.1:" + port + (i == 0 ? " backlog=4096" : "");
                out.write("server { listen %s; server_name %s; location / { proxy_pass http://c%d; } }\n".formatted(listen, Task.host(i), i));
            }
            out.write("}\n");
        }
        return List.of(binary, "-c", file.toString(), "-e", task.folder().resolve("nginx-error.log").toString());
    }

    private static final String HEAD =
            """
            daemon off;
            master_process on;
            worker_processes 2;
            pid %s/nginx.pid;
            error_log %s/nginx-error.log error;
            worker_rlimit_nofile 65536;
            events { worker_connections 8192; }
            http {
            access_log off;
            keepalive_requests 1000000000;
            server_names_hash_max_size %d;
            server_names_hash_bucket_size 128;
            variables_hash_max_size 4096;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Request-Id $request_id;
            """;
}
