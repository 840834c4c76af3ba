package dev.wick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a JVM holds at one moment; its heap after a full collection. */
record Live(long heapKib, long rssKib, long files, long threads) {

    static Live of(Proc proc) throws IOException {
        long rss = proc.memoryKib("VmRSS");
        long threads = entries(Path.of("/proc/" + proc.pid() + "/task"));
        long files = entries(Path.of("/proc/" + proc.pid() + "/fd"));
        return new Live(heap(proc.pid()), rss, files, threads);
    }

    /** A histogram counts what is alive, so it collects first. */
    private static long heap(long pid) throws IOException {
        List<String> command =
                List.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(pid), "GC.class_histogram");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        for (String line : output.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("Total")) {
                return Long.parseLong(words[2]) / 1024;
            }
        }
        throw new Refusal("jcmd: " + output);
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "heap after GC %.1f MB, RSS %d MB, %d files, %d threads", heapKib / 1024.0, rssKib / 1024, files, threads);
    }
}
