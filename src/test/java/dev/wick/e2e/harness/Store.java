package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A config-store process with a data folder and a port of its own, both kept over restarts. Tests
 * that do not harm it share one ({@link #shared()}), each with a gateway of its own.
 */
public final class Store implements AutoCloseable {

    private static final class Shared {
        static final Store STORE = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(STORE::close));
        }
    }

    private final Folder data = Folder.temporary("store");
    private final int port = Ports.free();
    private final List<String> flags;
    private Child child;

    private Store(List<String> flags, List<String> within) {
        this.flags = flags;
        this.child = launch(within);
    }

    public static Store shared() {
        return Shared.STORE;
    }

    public static Store start(String... flags) {
        return ready(new Store(List.of(flags), List.of()));
    }

    /** On a disk that takes no file of more than {@code kib} KiB, until it is started again. */
    public static Store startWithSmallFiles(int kib) {
        String limited = "ulimit -f " + kib + "; exec \"$@\"";
        return ready(new Store(List.of(), List.of("bash", "-c", limited, "bash")));
    }

    private static Store ready(Store store) {
        store.child.awaitReady();
        return store;
    }

    private Child launch(List<String> within) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("--data", data.path().toString(), "--api", "127.0.0.1:" + port));
        arguments.addAll(flags);
        List<String> command = new ArrayList<>(within);
        command.addAll(Wick.application("config-store", arguments));
        return Child.start("store", command, Map.of(), data.path());
    }

    public Child process() {
        return child;
    }

    public Path data() {
        return data.path();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String adminToken() {
        return token("token");
    }

    public String instanceToken() {
        return token("instance-token");
    }

    private String token(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The API as the admin of {@code gateway} uses it. */
    public StoreApi gateway(String gateway) {
        return new StoreApi(url(), gateway, adminToken());
    }

    public void kill9() {
        child.kill9();
    }

    public void stop() {
        child.stop();
    }

    /** Starts it again on what the last run left. */
    public void restart() {
        attempt().awaitReady();
    }

    /** Starts it again, whatever comes of that. */
    public Child attempt() {
        child = launch(List.of());
        return child;
    }

    @Override
    public void close() {
        child.close();
        data.close();
    }
}
