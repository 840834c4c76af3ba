package dev.wick.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process under test. Its two outputs are kept line by line and are part of every complaint about
 * it. Thread-safe.
 *
 * <p>Its standard input is a pipe from here, and {@code WICK_PARENT=stdin} tells it to end with
 * that pipe: no process of ours outlives a test run, however that ends.
 */
public final class Child implements AutoCloseable {

    /** A start takes a second or two; on a machine that builds beside the tests, many more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean outputEnded;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts {@code command} with {@code environment} on top of the own one, without any {@code
     * WICK_} setting of it.
     */
    public static Child start(
            String name, List<String> command, Map<String, String> environment, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("WICK_"));
        builder.environment().remove("PORT");
        builder.environment().put("WICK_PARENT", "stdin");
        builder.environment().putAll(environment);
        try {
            Child child = new Child(name, builder.start());
            Children.started(child);
            Thread.ofVirtual().name("output of " + name).start(child::read);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // Killed: what came until then is what there is.
        } finally {
            synchronized (this) {
                outputEnded = true;
                notifyAll();
            }
        }
    }

    /**
     * The first line that {@code wanted} likes, waited for; an {@link AssertionError} with the
     * output if the process ends first.
     */
    public synchronized String awaitLine(String what, Predicate<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (wanted.test(lines.get(seen))) {
                    return lines.get(seen);
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (outputEnded || left <= 0) {
                throw new AssertionError(
                        name
                                + (outputEnded ? " ended before " : " did not come to ")
                                + what
                                + "; its output:\n"
                                + String.join("\n", lines));
            }
            pause(left);
        }
    }

    private synchronized void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void awaitReady() {
        awaitLine("its ready line", line -> line.matches("(wick \\w+: )?ready\\b.*"));
    }

    /** A line for its standard input. */
    public void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    public String output() {
        return String.join("\n", lines());
    }

    @Override
    public String toString() {
        return name + " (" + pid() + ")";
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean running() {
        return process.isAlive();
    }

    /** SIGTERM; the exit status once it has ended. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL: no handler runs, nothing is flushed. */
    public void kill9() {
        process.destroyForcibly();
        awaitEnd();
    }

    public void suspend() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Exit status of a process that ends by itself or has been told to. */
    public int awaitEnd() {
        return awaitEnd(PATIENCE);
    }

    /** The same for one that has {@code patience} to do its work in. */
    public int awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end; its output:\n" + output());
            }
            awaitOutput();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its last lines may be on their way; a grandchild may hold the pipe open for longer. */
    private synchronized void awaitOutput() throws InterruptedException {
        long deadline = System.nanoTime() + LAST_LINES.toNanos();
        long left = LAST_LINES.toMillis();
        while (!outputEnded && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Resident memory in KiB, from {@code /proc}. */
    public long residentKib() {
        return statusKib("VmRSS:");
    }

    private long statusKib(String field) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(name + " has no " + field);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
