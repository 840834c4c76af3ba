package dev.wick.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is measured, with its descendants. Its output goes to a file. */
final class Proc implements AutoCloseable {

    /** What the kernel counts CPU time in; 100 a second on every Linux of today. */
    private static final long MICROS_PER_TICK = 10_000;

    private final String name;
    private final Process process;
    private final Path output;

    private Proc(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    static Proc start(String name, List<String> command, Map<String, String> environment, Path folder) {
        Path output = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Proc proc = new Proc(name, builder.start(), output);
            Runtime.getRuntime().addShutdownHook(new Thread(proc::kill));
            return proc;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "";
        }
    }

    /** What is running now, as it was started: a launcher that became something else is gone from it. */
    List<String> commandLine() {
        try {
            String line = Files.readString(Path.of("/proc/" + pid() + "/cmdline"));
            return List.of(line.substring(0, line.length() - 1).split("\0", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User and system time of it and its descendants so far, in microseconds. */
    long cpuMicros() {
        long ticks = 0;
        for (long pid : pids()) {
            String stat = read("/proc/" + pid + "/stat");
            if (!stat.isEmpty()) {
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    /** {@code VmRSS} or {@code RssAnon} of it, and what its descendants have for themselves, in KiB. */
    long memoryKib(String field) {
        long kib = field(read("/proc/" + pid() + "/status"), field);
        for (long pid : pids()) {
            if (pid != pid()) {
                String rollup = read("/proc/" + pid + "/smaps_rollup");
                kib += field(rollup, "Private_Clean") + field(rollup, "Private_Dirty");
            }
        }
        return kib;
    }

    private static long field(String text, String field) {
        for (String line : text.split("\n")) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(pid()));
        process.toHandle().descendants().forEach(handle -> pids.add(handle.pid()));
        return pids;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (" + pid() + ")";
    }
}
