package dev.wick.e2e.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine's, where it is installed; tests that need it are skipped elsewhere. */
public final class Tool {

    private static final int PATIENCE_SECONDS = 90;

    private final String name;
    private final List<String> always;

    private Tool(String name, List<String> always) {
        this.name = name;
        this.always = always;
    }

    /** What a run came to. */
    public record Ran(int code, byte[] bytes, String errors) {

        public String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The same, if it ended well. */
        public Ran well() {
            assertTrue(code == 0, () -> "ended with " + code + ": " + out() + errors);
            return this;
        }
    }

    /** Skips the test, with a line that says why, where there is none. */
    public static Tool require(String name, String debian) {
        try {
            new ProcessBuilder(name, "--version").redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            System.out.println("skipped: " + name + " is not installed (Debian: " + debian + ")");
            Assumptions.abort("no " + name);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Tool(name, List.of());
    }

    /** The same with these arguments before all others. */
    public Tool with(String... arguments) {
        List<String> all = new ArrayList<>(always);
        all.addAll(List.of(arguments));
        return new Tool(name, all);
    }

    public Ran run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs it to its end, with {@code input} to read. */
    public Ran run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(always);
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<byte[]> out = reading(process.getInputStream());
            CompletableFuture<byte[]> errors = reading(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // It ended, or had enough, before it read all: what it says of that counts.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("has not ended: " + command);
            }
            return new Ran(process.exitValue(), out.join(), new String(errors.join()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<byte[]> reading(java.io.InputStream from) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                all.complete(from.readAllBytes());
                            } catch (IOException e) {
                                all.completeExceptionally(e);
                            }
                        });
        return all;
    }
}
