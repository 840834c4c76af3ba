package dev.wick.store.keep;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The disk would not take a file before anything hung on it: nothing was changed. Any other {@code
 * IOException} does not say that.
 */
public final class Unwritten extends IOException {

    private static final long serialVersionUID = 1;

    public Unwritten(String message, IOException cause) {
        super(message, cause);
    }

    /** The one for which {@link Keep#commit} failed; null: it failed for something else. */
    public static @Nullable Unwritten in(CompletionException failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof Unwritten)) {
            cause = cause.getCause();
        }
        return (Unwritten) cause;
    }
}
