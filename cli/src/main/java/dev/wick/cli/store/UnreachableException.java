package dev.wick.cli.store;

import org.jspecify.annotations.Nullable;

/** No answer from the store; the message is for the user. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean asked;

    /**
     * @param asked whether the question may have reached the store
     */
    public UnreachableException(String message, boolean asked, @Nullable Throwable cause) {
        super(message, cause);
        this.asked = asked;
    }

    /** Whether the question may have reached the store, which then may have done what it asks. */
    public boolean asked() {
        return asked;
    }
}
