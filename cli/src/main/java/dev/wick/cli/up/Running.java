package dev.wick.cli.up;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One process of Wick's, a child of this one. Its standard input is a pipe that this process holds
 * and never writes to: when this process is gone, however it went, the child reads the end of it
 * and ends ({@code WICK_PARENT=stdin}). Any thread.
 */
public final class Running {

    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private Running(Process process) {
        this.process = process;
    }

    /**
     * @param command a command of the launcher and its arguments
     * @param environment beyond this process' own, of which secrets go to nobody but the store
     * @param output takes each line that it prints, on a thread of its own, one at a time
     */
    public static Running start(
            Path home,
            List<String> command,
            Map<String, String> environment,
            Consumer<String> output) {
        List<String> line = new ArrayList<>(command);
        line.addFirst(home.resolve("wick").toString());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        withhold(command.getFirst(), builder.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("WICK_BUILD", "no");
        builder.environment().put("WICK_PARENT", "stdin");
        builder.environment().putAll(environment);
        try {
            Running running = new Running(builder.start());
            running.begin(output);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void begin(Consumer<String> output) throws IOException {
        try {
            listen(output);
        } catch (OutOfMemoryError e) { // no thread can be had, and without one it would get stuck
            process.destroyForcibly();
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Takes what is not for {@code command} out of what it would inherit: the keys for secrets are
     * the store's alone, and a token that this process was given is for this process.
     */
    static void withhold(String command, Map<String, String> environment) {
        environment.remove("WICK_TOKEN");
        if (!command.equals("store")) {
            environment.remove("WICK_STORE_KEY");
            environment.remove("WICK_STORE_OLD_KEYS");
        }
    }

    private void listen(Consumer<String> output) {
        Thread thread =
                new Thread(
                        () -> {
                            try (InputStream in = process.getInputStream()) {
                                read(in, output);
                            } catch (IOException e) {
                                // the process is gone, which whoever waits for it sees
                            } finally {
                                ready.complete(false);
                            }
                        },
                        "output of " + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in, Consumer<String> output) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.accept(line);
            if (line.startsWith("ready")) {
                ready.complete(true);
            }
        }
    }

    /** True once the process says that it is ready, false once it has ended without. */
    public CompletableFuture<Boolean> ready() {
        return ready;
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for its end, however long, and gives its exit status. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end, and ends it if it has not within so many seconds. */
    public void stop(int seconds) {
        process.toHandle().destroy(); // the process' own destroy would close its pipes as well
        awaitEnd(seconds);
    }

    /**
     * Ends as this process' own end would end it, and kills it if it is not gone in so many
     * seconds.
     */
    public void release(int seconds) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        awaitEnd(seconds);
    }

    private void awaitEnd(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
