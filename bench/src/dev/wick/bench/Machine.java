package dev.wick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** What the figures were taken on: a figure without its machine says nothing. */
final class Machine {

    private Machine() {}

    static String describe() throws IOException {
        return "%s; %s, %d cores, %d MB, Linux %s, JDK %s"
                .formatted(
                        LocalDate.now(),
                        value(Path.of("/proc/cpuinfo"), "model name", "unknown CPU"),
                        Runtime.getRuntime().availableProcessors(),
                        Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("[^0-9]", "")) / 1024,
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.version"));
    }

    static void requireLinux() {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            throw new Refusal("bench reads CPU time and memory from /proc: it runs on Linux only");
        }
    }

    private static String value(Path file, String name, String otherwise) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return otherwise;
    }
}
