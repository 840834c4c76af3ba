package dev.wick.e2e.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The repository under test: where its parts lie once packaged. */
public final class Wick {

    private static final Path HOME =
            Path.of(System.getProperty("wick.home", "../..")).toAbsolutePath().normalize();

    private Wick() {}

    public static Path home() {
        return HOME;
    }

    /** The JDK that runs the tests runs what they start. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * A packaged Quarkus application of ours, as the launcher starts it but for its JIT, as the
     * tests are over before C2 pays, and for its processors: each has an event loop, and each loop
     * queues and turns of its own, which what tests count should not depend on.
     */
    static List<String> application(String module, List<String> arguments) {
        Path folder = HOME.resolve(module).resolve("target/quarkus-app");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:ActiveProcessorCount=2",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        command.add("-jar");
        command.add(folder.resolve("quarkus-run.jar").toString());
        command.addAll(arguments);
        return command;
    }

    /**
     * {@code ./wick ARGUMENTS...} in {@code folder}; sources are not looked at, what is packaged is
     * what runs.
     */
    public static Child command(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("wick").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.putIfAbsent("WICK_BUILD", "no");
        all.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        return Child.start("wick " + String.join(" ", arguments), command, all, folder);
    }
}
