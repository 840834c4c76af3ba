package dev.wick.cli.train;

import dev.wick.cli.command.Apply;
import dev.wick.cli.store.StoreClient;
import dev.wick.cli.up.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Trains a fresh build: a real store on a data folder of its own, a real instance that draws from
 * it, real requests. Each JVM writes its AOT cache when it ends; one that does not is no failure of
 * the others.
 */
public final class Train {

    private static final int READY_SECONDS = 30;
    private static final int WRITE_SECONDS = 60;

    private final Path home;
    private final Path work;
    private final int http;
    private final int admin;
    private final int api;
    private final List<Running> running = new ArrayList<>();

    private Train(Path home, Path work) throws IOException {
        this.home = home;
        this.work = work;
        try (ServerSocket one = free();
                ServerSocket two = free();
                ServerSocket three = free()) {
            http = one.getLocalPort();
            admin = two.getLocalPort();
            api = three.getLocalPort();
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /**
     * Run by the launcher after a build; says what it does on standard output, which is a log.
     *
     * @return the exit status
     */
    public static int run() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("wick.home", "."));
        Path work = Files.createTempDirectory("wick-training");
        try {
            Train train = new Train(home, work);
            boolean good = train.rehearse();
            train.stop(good);
            return train.keep("gateway-fn", good)
                            & train.keep("config-store", good)
                            & train.keep("cli", good)
                    ? 0
                    : 1;
        } finally {
            delete(work);
        }
    }

    private boolean rehearse() throws InterruptedException {
        try (Backend backend = new Backend()) {
            String data = work.resolve("data").toString();
            String store = "http://127.0.0.1:" + api;
            await(
                    start(
                            "config-store",
                            List.of("store", "--data", data, "--api", "127.0.0.1:" + api),
                            Map.of()));
            String documents = work.resolve("documents.yaml").toString();
            Files.writeString(Path.of(documents), Traffic.documents(http, backend.port()));
            Path tokens = Path.of(data);
            StoreClient client =
                    new StoreClient(
                            store, "default", StoreClient.readToken(tokens.resolve("token")), data);
            if (new Apply(client).apply(List.of(documents), false, false) != 0) {
                throw new IOException("the store does not take the documents");
            }
            Running commandLine =
                    start(
                            "cli",
                            List.of("rehearse", documents, "--store", store, "--data", data),
                            Map.of());
            await(
                    start(
                            "gateway-fn",
                            List.of(
                                    "gateway",
                                    "--store",
                                    store,
                                    "--http",
                                    "127.0.0.1:" + http,
                                    "--admin",
                                    "127.0.0.1:" + admin,
                                    "--token-file",
                                    tokens.resolve("instance-token").toString()),
                            Map.of(
                                    "WICK_DRAIN_TIME",
                                    "0s",
                                    "WICK_CACHE",
                                    work.resolve("cache").toString())));
            new Traffic(http, admin).run();
            if (commandLine.await() != 0) {
                throw new IOException("the command line failed");
            }
            return true;
        } catch (IOException e) {
            say("training failed: " + e.getMessage());
            return false;
        }
    }

    private Running start(String module, List<String> command, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("WICK_AOT_OUTPUT", cache(module, ".new").toString());
        Running process = Running.start(home, command, all, line -> say(module + " | " + line));
        running.add(process);
        return process;
    }

    private static void await(Running process) throws IOException, InterruptedException {
        try {
            if (!process.ready().get(READY_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a process ended before it was ready");
            }
        } catch (TimeoutException e) {
            throw new IOException("a process is not ready after " + READY_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last started first, the others while its JVM still writes its cache. */
    private void stop(boolean good) throws InterruptedException {
        int seconds = good ? WRITE_SECONDS : 1;
        List<Thread> stops = new ArrayList<>();
        for (Running process : running.reversed()) {
            stops.add(Thread.ofVirtual().start(() -> process.release(seconds)));
            Thread.sleep(300);
        }
        for (Thread stop : stops) {
            stop.join();
        }
    }

    /** A cache that came of a whole training takes its place, any other goes. */
    private boolean keep(String module, boolean good) throws IOException {
        Files.deleteIfExists(cache(module, ".new.config"));
        Path made = cache(module, ".new");
        if (!good || !Files.exists(made)) {
            Files.deleteIfExists(made);
            return false;
        }
        Files.move(made, cache(module, ""), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private Path cache(String module, String suffix) {
        return home.resolve(module).resolve("target").resolve("wick.aot" + suffix);
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
