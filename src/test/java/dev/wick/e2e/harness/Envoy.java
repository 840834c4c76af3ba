package dev.wick.e2e.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real Envoy with a static configuration, where {@code ./wick peers} has fetched one. */
public final class Envoy implements AutoCloseable {

    private static final Path BINARY = Peer.binary("envoy");

    /** The client's address is the connection's, as Wick has it where nothing is said. */
    private static final String ROUTING =
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
                        validate_clusters: false
                        ignore_port_in_host_matching: true
                        virtual_hosts:
            %s
              clusters:
            %s
            """;

    private final Folder folder = Folder.temporary("envoy");
    private final int admin = Ports.free();
    private final Child child;

    private Envoy(String configuration) {
        String head = "admin: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}\n";
        Path file = folder.write("envoy.yaml", head.formatted(admin) + configuration);
        child =
                Child.start(
                        "envoy",
                        List.of(
                                BINARY.toString(),
                                "-c",
                                file.toString(),
                                "--concurrency",
                                "1",
                                "--disable-hot-restart",
                                "--log-level",
                                "warning"),
                        Map.of(),
                        folder.path());
    }

    /**
     * With a listener at {@code port} and what is routed there.
     *
     * @param hosts virtual hosts, items of a YAML list
     * @param clusters items of a YAML list
     */
    public static Envoy routing(int port, String hosts, String clusters) {
        return start(ROUTING.formatted(port, hosts.indent(12), clusters.indent(2)));
    }

    /** With {@code configuration}, a bootstrap without its {@code admin}. */
    public static Envoy start(String configuration) {
        Envoy envoy = new Envoy(configuration);
        try {
            envoy.awaitLive();
        } catch (AssertionError e) {
            envoy.close();
            throw e;
        }
        return envoy;
    }

    /** Skips the test where there is no Envoy. */
    public static void require() {
        Peer.require("Envoy", BINARY);
    }

    public Reply admin(String path) {
        return Http1.get(admin, "localhost", path);
    }

    private void awaitLive() {
        for (int i = 0; i < 1_000; i++) {
            if (!child.running()) {
                throw new AssertionError("envoy ended:\n" + child.output());
            }
            if (ready().orElse(false)) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("envoy is not live:\n" + child.output());
    }

    private Optional<Boolean> ready() {
        try {
            return Optional.of(Http1.get(admin, "localhost", "/ready").status() == 200);
        } catch (java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The lines of {@code /stats} that begin so. */
    public List<String> stats(String prefix) {
        return Http1.get(admin, "localhost", "/stats")
                .text()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .toList();
    }

    @Override
    public void close() {
        child.close();
        folder.close();
    }
}
