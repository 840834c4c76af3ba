package dev.wick.store.keep;

import org.jspecify.annotations.Nullable;

/**
 * Ends the process at once: after a failed fsync, or a state that must not be built on, nothing may
 * be acknowledged.
 */
public interface Halt {

    void now(String why, @Nullable Throwable cause);

    /** Prints the sentence and ends the JVM with status 70. */
    static Halt process() {
        return (why, cause) -> {
            System.err.println("wick store: " + why + (cause == null ? "" : ": " + cause));
            Runtime.getRuntime().halt(70);
        };
    }
}
