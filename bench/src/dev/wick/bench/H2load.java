package dev.wick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nghttp2's load generator, HTTP/1.1, one thread. */
final class H2load {

    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(ms|s),");
    private static final Pattern SUCCEEDED = Pattern.compile("requests: .* (\\d+) succeeded, (\\d+) failed, (\\d+) errored");

    private final String binary = Tools.find("h2load");
    private final Path folder;
    private final Path body;

    /** What a run gave. */
    record Result(long requests, double seconds) {}

    H2load(Path folder) throws IOException {
        if (binary.isEmpty()) {
            throw new Refusal("h2load makes the load and is not installed (Debian: nghttp2-client)");
        }
        this.folder = folder;
        this.body = Files.writeString(folder.resolve("body"), "y".repeat(4096));
    }

    /** As fast as it goes, for {@code seconds}. */
    Result flatOut(int port, String host, boolean post, int connections, int seconds) throws IOException {
        return run(port, host, post, connections, seconds, List.of());
    }

    /** At {@code rate} requests a second in all; the times of all requests in microseconds, sorted. */
    long[] atRate(int port, String host, boolean post, int connections, int seconds, int rate) throws IOException {
        Path log = folder.resolve("h2load.log");
        Files.deleteIfExists(log);
        int each = Math.max(1, rate / connections);
        run(port, host, post, connections, seconds, List.of("--rps", Integer.toString(each), "--log-file", log.toString()));
        try (Stream<String> lines = Files.lines(log)) {
            long[] times = lines.mapToLong(line -> Long.parseLong(line.split("\t")[2])).toArray();
            Arrays.sort(times);
            return times;
        }
    }

    private Result run(int port, String host, boolean post, int connections, int seconds, List<String> more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(binary, "--h1", "-t", "1", "-c", Integer.toString(connections), "-D", Integer.toString(seconds)));
        if (post) {
            command.addAll(List.of("-d", body.toString()));
        }
        command.addAll(more);
        command.addAll(List.of("-H", ":authority: " + host, "http://127.0.0.1:" + port + "/"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Against a server that only refuses, it would go on for ever.
        process.onExit().orTimeout(seconds + 20L, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes());
        Matcher matcher = SUCCEEDED.matcher(output);
        if (!matcher.find() || Long.parseLong(matcher.group(1)) == 0) {
            throw new Refusal("h2load: " + output);
        }
        Matcher finished = FINISHED.matcher(output);
        double took =
                finished.find() ? Double.parseDouble(finished.group(1)) / (finished.group(2).equals("s") ? 1 : 1_000) : seconds;
        // Requests under way when the time is over count as failed.
        if (Long.parseLong(matcher.group(2)) > connections) {
            System.out.println("  h2load: " + matcher.group());
        }
        return new Result(Long.parseLong(matcher.group(1)), took);
    }
}
