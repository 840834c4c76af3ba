package dev.wick.cli.train;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Requests of all the sorts that an instance sees, some thousands in all. */
final class Traffic {

    private static final int HOSTS = 8;

    private final int port;
    private final int adminPort;

    Traffic(int port, int adminPort) {
        this.port = port;
        this.adminPort = adminPort;
    }

    /** The documents that it needs: a listener on a port, in front of an upstream on another. */
    static String documents(int port, int upstream) {
        StringBuilder yaml = new StringBuilder(4_096);
        yaml.append("kind: Listener\nname: http\nport: ").append(port).append("\n---\n");
        for (int i = 0; i < HOSTS; i++) {
            yaml.append(
                    """
                    kind: VirtualHost
                    name: host-%1$d
                    domains: [host-%1$d.localhost, "*.host-%1$d.localhost"]
                    requestHeaders: {add: [{name: x-added, value: request}], remove: [x-unwanted]}
                    responseHeaders: {set: [{name: x-set, value: response}]}
                    routes:
                      - match: {path: {exact: /redirect}}
                        redirect: {path: /elsewhere}
                      - match: {path: {exact: /direct}}
                        directResponse: {status: 200, body: direct}
                      - match: {path: {regex: "/r/[0-9]+"}, methods: [GET]}
                        route: {cluster: cluster-%1$d}
                      - match: {path: {prefix: /}, headers: [{name: x-shard, exact: b}], query: [{name: q, exact: "1"}]}
                        route: {cluster: cluster-%1$d, prefixRewrite: /b}
                      - match: {path: {prefix: /w}}
                        route: {weightedClusters: [{cluster: cluster-%1$d, weight: 1}, {cluster: other-%1$d, weight: 3}]}
                      - match: {path: {prefix: /}}
                        route: {cluster: cluster-%1$d, timeout: 10s}
                    ---
                    kind: Cluster
                    name: cluster-%1$d
                    endpoints: [{address: 127.0.0.1, port: %2$d}]
                    ---
                    kind: Cluster
                    name: other-%1$d
                    lbPolicy: LEAST_REQUEST
                    endpoints: [{address: localhost, port: %2$d}]
                    ---
                    """
                            .formatted(i, upstream));
        }
        return yaml.toString();
    }

    /**
     * Drives the instance.
     *
     * @throws IOException it does not do as it should: what it learns would be of no use
     */
    void run() throws IOException {
        try (Http1 connection = new Http1(port)) {
            for (int i = 0; i < 2_000; i++) {
                expect(200, connection.get(host(i), "/some/path?q=" + i));
            }
            for (int i = 0; i < 200; i++) {
                expect(200, connection.post(host(i), "/post"));
                expect(200, connection.get(host(i), "/r/" + i));
                expect(200, connection.get("www." + host(i), "/w/" + i));
            }
            for (int i = 0; i < 30; i++) {
                expect(200, connection.postChunked(host(i), "/post"));
                expect(200, connection.get(host(i), "/chunked"));
                expect(200, connection.get(host(i), "/direct"));
                expect(301, connection.get(host(i), "/redirect"));
                expect(404, connection.get("unknown-" + i + ".localhost", "/"));
            }
        }
        for (int i = 0; i < 60; i++) {
            try (Http1 connection = new Http1(port)) {
                expect(200, connection.get(host(i), "/"));
            }
        }
        try (Http2 connection = new Http2(port)) {
            for (int i = 0; i < 150; i++) {
                connection.get(host(i), "/h2");
            }
        }
        for (String page : new String[] {"ready", "stats", "stats/prometheus", "config_dump"}) {
            ask(page);
        }
    }

    private static String host(int i) {
        return "host-" + i % HOSTS + ".localhost";
    }

    private static void expect(int expected, int status) throws IOException {
        if (status != expected) {
            throw new IOException("an answer of " + status + " (expected: " + expected + ")");
        }
    }

    private void ask(String page) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + adminPort + "/" + page);
        HttpURLConnection connection =
                (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        expect(200, connection.getResponseCode());
        connection.getInputStream().readAllBytes();
    }
}
