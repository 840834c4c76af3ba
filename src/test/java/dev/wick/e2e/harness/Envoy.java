package dev.wick.e2e.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A real Envoy with a static configuration, where {@code ./wick peers} has fetched one. */
public final class Envoy implements AutoCloseable {

    private static final Path BINARY = Wick.home().resolve(".peers/envoy/envoy");

    private final Folder folder = Folder.temporary("envoy");
    private final int port = Ports.free();
    private final Child child;

    private Envoy(String virtualHosts, String clusters) {
        int admin = Ports.free();
        Path file = folder.write("envoy.yaml", configuration(port, admin, virtualHosts, clusters));
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
        awaitLive(admin);
    }

    /**
     * {@code virtualHosts} and {@code clusters}: items of YAML lists, not indented. Skips the test
     * where there is no Envoy.
     */
    public static Envoy start(String virtualHosts, String clusters) {
        if (!Files.isExecutable(BINARY)) {
            String why = "skipped: no Envoy in .peers (./wick peers fetches one)";
            System.out.println(why);
            Assumptions.abort(why);
        }
        return new Envoy(virtualHosts, clusters);
    }

    private void awaitLive(int admin) {
        for (int i = 0; i < 1_000; i++) {
            if (!child.running()) {
                throw new AssertionError("envoy ended:\n" + child.output());
            }
            if (ready(admin).orElse(false)) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("envoy is not live:\n" + child.output());
    }

    private static Optional<Boolean> ready(int admin) {
        try {
            return Optional.of(Http1.get(admin, "localhost", "/ready").status() == 200);
        } catch (java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    public int port() {
        return port;
    }

    private static String configuration(int port, int admin, String hosts, String clusters) {
        return """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
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
                  # Wick stands at the edge: what clients claim about themselves is not believed.
                  use_remote_address: true
                  http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                  route_config:
                    name: http
                    virtual_hosts:
        %s
          clusters:
        %s
        """
                .formatted(admin, port, hosts.indent(12), clusters.indent(2));
    }

    @Override
    public void close() {
        child.close();
        folder.close();
    }
}
