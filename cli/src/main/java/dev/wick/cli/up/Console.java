package dev.wick.cli.up;

import java.util.concurrent.TimeUnit;

/** What the user sees, whole lines at a time, from any thread. */
final class Console {

    private final boolean terminal = System.getProperty("wick.terminal", "no").equals("yes");
    private boolean progress;

    @SuppressWarnings("SystemOut")
    synchronized void say(String text) {
        endProgress();
        System.out.println(text);
        System.out.flush();
    }

    /** A line that the next one replaces; off a terminal only its first time is told. */
    @SuppressWarnings("SystemOut")
    synchronized void progress(String what, long startNanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
        if (terminal) {
            System.out.print("\r\033[K" + what + " (" + seconds + " s)");
            System.out.flush();
            progress = true;
        } else if (seconds <= 1) {
            System.out.println(what);
        }
    }

    @SuppressWarnings("SystemOut")
    private void endProgress() {
        if (progress) {
            System.out.print("\r\033[K");
            progress = false;
        }
    }
}
