package dev.wick.gateway.draw;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Whether the store answers. Confined to the loop of its {@link Draw}. */
final class Contact {

    private final Consumer<String> log;
    private final Runnable returned;
    private boolean away;
    private long awaySinceNanos;

    /**
     * @param log hears in a sentence when it went away and came back
     * @param returned called when it came back
     */
    Contact(Consumer<String> log, Runnable returned) {
        this.log = log;
        this.returned = returned;
    }

    void answered() {
        if (away) {
            away = false;
            log.accept("the store answers again");
            returned.run();
        }
    }

    void failed(String why) {
        if (!away) {
            away = true;
            awaySinceNanos = System.nanoTime();
            log.accept("the store does not answer: " + why);
        }
    }

    boolean away() {
        return away;
    }

    /** Whether it has not answered for as long. */
    boolean awayFor(long millis) {
        return away && System.nanoTime() - awaySinceNanos >= TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
