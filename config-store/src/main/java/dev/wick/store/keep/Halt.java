package dev.wick.store.keep;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
            String sentence = "wick store: " + why + (cause == null ? "" : ": " + cause) + "\n";
            try (OutputStream errors = new FileOutputStream(FileDescriptor.err)) {
                errors.write(sentence.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // There is nobody to tell.
            }
            Runtime.getRuntime().halt(70);
        };
    }
}
