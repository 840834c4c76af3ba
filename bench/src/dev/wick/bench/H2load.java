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

/** nghttp2's load generator, one thread. */
final class H2load {

    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(ms|s),");
    private static final Pattern STATUSES = Pattern.compile("status codes: (\\d+) 2xx");
    private static final Pattern SUCCEEDED = Pattern.compile("requests: .* (\\d+) succeeded, (\\d+) failed, (\\d+) errored");

    private final String binary = Tools.find("h2load");
    private final Path folder;

    /** HTTP/2 connections carry this many streams each, and there are that many fewer of them. */
    private static final int STREAMS = 8;

    /** What a run gave. */
    record Result(long requests, double seconds) {}

    H2load(Path folder) throws IOException {
        if (binary.isEmpty()) {
            throw new Refusal("h2load makes the load and is not installed (Debian: nghttp2-client)");
        }
        this.folder = folder;
        for (Work work : Work.values()) {
            byte[] body = new byte[work.body()];
            if (work.grpc()) {
                body[4] = (byte) (body.length - 5);
            } else {
                Arrays.fill(body, (byte) 'y');
            }
            Files.write(folder.resolve("body-" + body.length), body);
        }
    }

    /** As fast as it goes, for {@code seconds}. */
    Result flatOut(int port, Task task, Work work, int connections, int seconds) throws IOException {
        return run(port, task, work, connections, seconds, List.of());
    }

    /** At {@code rate} requests a second in all; the times of all requests in microseconds, sorted. */
    long[] atRate(int port, Task task, Work work, int connections, int seconds, int rate) throws IOException {
        Path log = folder.resolve("h2load.log");
        Files.deleteIfExists(log);
        int clients = work.http2() ? Math.max(1, connections / STREAMS) : connections;
        int each = Math.max(1, rate / clients);
        run(port, task, work, connections, seconds, List.of("--rps", Integer.toString(each), "--log-file", log.toString()));
        try (Stream<String> lines = Files.lines(log)) {
            long[] times = lines.mapToLong(line -> Long.parseLong(line.split("\t")[2])).toArray();
            Arrays.sort(times);
            return times;
        }
    }

    /** What became of a given number of requests. */
    record Count(long succeeded, long failed) {}

    /** As many requests as {@code rate} asks for in {@code seconds}, all of them waited for. */
    Count counted(int port, Task task, Work work, int connections, int seconds, int rate) throws IOException {
        int clients = work.http2() ? Math.max(1, connections / STREAMS) : connections;
        int each = Math.max(1, rate / clients);
        List<String> command = command(port, task, work, connections);
        command.addAll(1, List.of("-n", Integer.toString(each * clients * seconds), "--rps", Integer.toString(each)));
        String output = output(command, seconds * 3 + 20L);
        Matcher matcher = SUCCEEDED.matcher(output);
        if (!matcher.find()) {
            throw new Refusal("h2load: " + output);
        }
        long succeeded = Long.parseLong(matcher.group(1));
        Matcher statuses = STATUSES.matcher(output);
        long good = statuses.find() ? Long.parseLong(statuses.group(1)) : 0;
        return new Count(good, (long) each * clients * seconds - Math.min(good, succeeded));
    }

    private Result run(int port, Task task, Work work, int connections, int seconds, List<String> more) throws IOException {
        List<String> command = command(port, task, work, connections);
        command.addAll(1, List.of("-D", Integer.toString(seconds)));
        command.addAll(1, more);
        // Against a server that only refuses, it would go on for ever.
        String output = output(command, seconds + 20L);
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

    private static String output(List<String> command, long seconds) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(seconds, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return new String(process.getInputStream().readAllBytes());
    }

    private List<String> command(int port, Task task, Work work, int connections) {
        List<String> command = new ArrayList<>(List.of(binary, "-t", "1"));
        if (work.http2()) {
            int clients = Math.max(1, connections / STREAMS);
            command.addAll(List.of("-c", Integer.toString(clients), "-m", Integer.toString(STREAMS)));
        } else {
            command.addAll(List.of("--h1", "-c", Integer.toString(connections)));
        }
        if (work.body() > 0) {
            command.addAll(List.of("-d", folder.resolve("body-" + work.body()).toString()));
        }
        if (work.grpc()) {
            command.addAll(List.of("-H", "content-type: application/grpc", "-H", "te: trailers"));
        }
        command.addAll(List.of("-H", ":authority: " + task.host(), "http://127.0.0.1:" + port + work.path(task)));
        return command;
    }
}
