package dev.wick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What each thread of a process has run so far, to the nanosecond; /proc/PID/stat counts in hundredths of a second. */
record CpuTime(Map<String, Long> threads) {

    static CpuTime of(Proc proc) throws IOException {
        Map<String, Long> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + proc.pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    threads.put(task.getFileName().toString(), Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]));
                } catch (IOException e) {
                    // A thread that has ended meanwhile.
                }
            }
        }
        if (threads.isEmpty()) {
            throw new Refusal("/proc/PID/task/*/schedstat: nothing (expected: a kernel that counts it)");
        }
        return new CpuTime(threads);
    }

    /** Nanoseconds of all threads together since {@code before}, less those of threads that have ended. */
    long since(CpuTime before) {
        return threads.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.threads.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
