package dev.wick.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with a server and an upstream for each host, kept connections, two workers. */
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
        Path folder = task.folder();
        Path file = folder.resolve("nginx-" + task.label() + ".conf");
        try (Writer out = Files.newBufferedWriter(file)) {
            String log = task.production() ? folder.resolve("nginx-access.log") + " combined buffer=64k flush=1s" : "off";
            out.write(HEAD.formatted(folder, folder, log, Math.max(1024, task.hosts() * 4)));
            out.write(task.production() ? PRODUCTION : "");
            for (int i = 0; i < task.hosts(); i++) {
                out.write(
                        "upstream c%d { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000000; }\n"
                                .formatted(i, task.backendPort()));
                String listen = "127.0.0.1:" + port + (task.scene().http2Clients() ? " http2" : "") + (i == 0 ? " backlog=4096" : "");
                out.write("server { listen %s; server_name %s; %s}\n".formatted(listen, Task.host(i), locations(i)));
            }
            out.write(task.production() ? STATUS.formatted(Proc.freePort()) : "");
            out.write("}\n");
        }
        return List.of(binary, "-c", file.toString(), "-e", folder.resolve("nginx-error.log").toString());
    }

    private String locations(int host) {
        if (task.grpc()) {
            return "location / { grpc_pass grpc://c%d; } ".formatted(host);
        }
        if (task.scene() != Scene.ROUTES) {
            return "location / { proxy_pass http://c%d; } ".formatted(host);
        }
        StringBuilder locations = new StringBuilder();
        for (int i = 0; i < task.routes(); i++) {
            locations.append("location %s { proxy_pass http://c%d; }\n".formatted(Task.route(i), host));
        }
        return locations.toString();
    }

    private static final String PRODUCTION =
            """
            proxy_set_header x-bench-request there;
            add_header x-bench-response back;
            proxy_read_timeout 15s;
            proxy_next_upstream error timeout http_502 http_503 http_504;
            proxy_next_upstream_tries 3;
            """;

    /** What its exporter for Prometheus reads. */
    private static final String STATUS = "server { listen 127.0.0.1:%d; location / { stub_status; } }\n";

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
            access_log %s;
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
