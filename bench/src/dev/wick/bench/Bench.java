package dev.wick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What the benchmarks share: where things are, the backend, who takes part. */
final class Bench implements AutoCloseable {

    private final Path home;
    private final Path folder;
    private final int backendPort = Proc.freePort();
    private final List<AutoCloseable> open = new ArrayList<>();

    Bench() throws IOException {
        Machine.requireLinux();
        home = Path.of(System.getenv().getOrDefault("WICK_HOME", ".")).toAbsolutePath().normalize();
        folder = Files.createTempDirectory("wick-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::deleteFolder));
    }

    /** Runs a benchmark as a main method would: a refusal is a sentence, not a stack trace. */
    static void run(Body body) throws Exception {
        try (Bench bench = new Bench()) {
            System.out.println(Machine.describe());
            body.run(bench);
        } catch (Refusal refusal) {
            System.err.println("bench: " + refusal.getMessage());
            System.exit(1);
        }
    }

    /** One benchmark. */
    interface Body {
        void run(Bench bench) throws Exception;
    }

    Path home() {
        return home;
    }

    Path folder() {
        return folder;
    }

    int backendPort() {
        return backendPort;
    }

    Task task(int hosts) {
        return new Task(hosts, backendPort, folder, Scene.PLAIN, 0);
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.addFirst(resource);
        return resource;
    }

    /** The upstream, on the JDK's own selector: see {@link Backend}. */
    Proc startBackend() {
        Proc backend = java("Backend", backendPort);
        Probe.firstByte(backend, backendPort, "backend", System.nanoTime(), 20_000);
        return backend;
    }

    /** The upstream for gRPC: see {@link GrpcBackend}. */
    Proc startGrpcBackend(int port) {
        Proc backend = java("GrpcBackend", port);
        Probe.listening(backend, port, 20_000);
        return backend;
    }

    private Proc java(String main, int port) {
        return closing(
                Proc.start(
                        main.toLowerCase(),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.wick.bench." + main,
                                Integer.toString(port)),
                        Map.of(),
                        folder));
    }

    /** Those of {@code wanted} that are here; the others are named. Without any, all. */
    List<Contestant> present(List<Contestant> all, List<String> wanted) {
        List<Contestant> present = new ArrayList<>();
        for (Contestant contestant : all) {
            boolean asked =
                    wanted.isEmpty()
                            || wanted.stream().anyMatch(name -> contestant.name().toLowerCase().startsWith(name.toLowerCase()));
            if (asked && contestant.missing().isEmpty()) {
                present.add(contestant);
            } else if (asked) {
                System.out.println("not measured: " + contestant.name() + ": " + contestant.missing());
            }
        }
        return present;
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    private void deleteFolder() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | java.io.UncheckedIOException e) {
            System.err.println("bench: " + folder + " stays: " + e.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }
}
