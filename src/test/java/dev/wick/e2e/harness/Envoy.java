package dev.wick.e2e.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real Envoy with a static configuration, where {@code ./wick peers} has fetched one. */
public final class Envoy implements AutoCloseable {

    private static final Path BINARY = Peer.binary("envoy");

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
