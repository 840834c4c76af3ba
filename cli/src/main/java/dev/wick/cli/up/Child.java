package dev.wick.cli.up;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process that is kept alive: when it ends by itself it is started again, at once the first time
 * and after ever longer pauses if it keeps ending. One thread of its own runs that; the other
 * methods are for any thread.
 */
final class Child {

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    /** Alive for so long, it is well again. */
    private static final long WELL_MILLIS = 30_000;

    private static final int REMEMBERED_LINES = 12;

    /** A line of a log at a level that somebody should see. */
    private static final Pattern MATTERS =
            Pattern.compile("^(\\S+ +){0,2}(WARN|WARNING|ERROR|SEVERE|FATAL)\\b.*");

    private final String name;
    private final List<String> command;
    private final Path home;
    private final Console console;
    private final LogFile log;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Boolean> firstReady = new CompletableFuture<>();

    private @Nullable Running running;
    private boolean stopping;

    Child(String name, List<String> command, Settings settings, Console console) {
        this.name = name;
        this.command = command;
        this.home = settings.home();
        this.console = console;
        this.log = new LogFile(settings.data().resolve("logs").resolve(name + ".log"));
    }

    /**
     * Starts it; the answer is whether it became ready, or ended before that or could not even be
     * started, the first time.
     */
    CompletableFuture<Boolean> start() {
        Thread thread = new Thread(this::keepAlive, name);
        thread.setDaemon(true);
        thread.start();
        return firstReady;
    }

    private void keepAlive() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (true) {
                long began = System.nanoTime();
                String end = live();
                boolean wasReady = firstReady.getNow(false);
                if (isStopping() || !wasReady) {
                    firstReady.complete(false);
                    return;
                }
                boolean wasWell = (System.nanoTime() - began) / 1_000_000 > WELL_MILLIS;
                pause = wasWell ? FIRST_PAUSE_MILLIS : pause;
                console.say(name + " " + end + ", starting it again");
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        } catch (InterruptedException e) {
            firstReady.complete(false);
        }
    }

    /** From its start to its end, of which it says how it was; a start that fails is one too. */
    private String live() throws InterruptedException {
        try {
            Running process = launch();
            return process == null ? "stopped" : "ended (" + ending(process.await()) + ")";
        } catch (UncheckedIOException e) {
            String why = "cannot be started (" + e.getMessage() + ")";
            take(name + " " + why);
            return why;
        }
    }

    /** Null where it is to end. */
    private synchronized @Nullable Running launch() {
        if (stopping) {
            return null;
        }
        boolean again = firstReady.isDone();
        Running process = Running.start(home, command, Map.of(), this::take);
        running = process;
        process.ready()
                .thenAccept(
                        ready -> {
                            if (ready && again) {
                                console.say(name + " is back (process " + process.pid() + ")");
                            } else if (ready) {
                                firstReady.complete(true);
                            }
                        });
        return process;
    }

    private static String ending(int status) {
        return status > 128 ? "signal " + (status - 128) : "exit status " + status;
    }

    private void take(String line) {
        log.add(line);
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
        }
        if (firstReady.isDone() && MATTERS.matcher(line).matches()) {
            console.say(name + " | " + line);
        }
    }

    /** What it said last, without the frames of a stack. */
    List<String> lastWords() {
        synchronized (lastLines) {
            return lastLines.stream().filter(line -> !line.startsWith("\t")).toList();
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Asks it to end, and ends it if it has not within so many seconds. It is not started again.
     */
    void stop(int seconds) {
        Running process;
        synchronized (this) {
            stopping = true;
            process = running;
        }
        if (process != null) {
            process.stop(seconds);
        }
    }

    String name() {
        return name;
    }

    LogFile log() {
        return log;
    }
}
