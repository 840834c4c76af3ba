package dev.wick.store.keep;

/**
 * The data folder cannot be opened: in use by another run, damaged below what was acknowledged, or
 * written by a newer version. The message is one sentence for whoever started the store.
 */
public final class StoreUnusable extends Exception {

    public StoreUnusable(String message) {
        super(message);
    }

    public StoreUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
