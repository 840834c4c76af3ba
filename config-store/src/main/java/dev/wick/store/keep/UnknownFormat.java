package dev.wick.store.keep;

/** Something on disk was written by a newer version; to go on would lose it. */
public final class UnknownFormat extends RuntimeException {

    public UnknownFormat(String message) {
        super(message);
    }
}
