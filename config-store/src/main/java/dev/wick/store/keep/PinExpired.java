package dev.wick.store.keep;

/**
 * The reader took longer than its pin lasts; what it read is whole, what it wants to read may be
 * gone.
 */
public final class PinExpired extends RuntimeException {

    public PinExpired(String message) {
        super(message, null, false, false);
    }
}
