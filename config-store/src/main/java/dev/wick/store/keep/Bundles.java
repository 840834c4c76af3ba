package dev.wick.store.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * Bundle and base files: immutable, made of checksummed blocks, named by the SHA-256 of what they
 * hold. A file that has a name is whole and durable. Any thread.
 */
public interface Bundles {

    Writer create() throws IOException;

    /**
     * The block at this offset. Throws when the file is not there, or damaged: the message says
     * which.
     */
    Block read(String sha256, long offset) throws IOException;

    /** What was given to {@link Writer#finish}. */
    long root(String sha256) throws IOException;

    /** The files that are there, with the time when they were written. */
    Map<String, Instant> list() throws IOException;

    /** Does nothing when it is not there. */
    void delete(String sha256) throws IOException;

    /** A block's bytes, and where the next one starts (behind the last one: -1). */
    record Block(byte[] bytes, long next) {}

    /** One thread. Closing it without {@code finish} leaves nothing behind. */
    interface Writer extends AutoCloseable {

        /** Appends a block and returns its offset. */
        long append(byte[] bytes, int length) throws IOException;

        /**
         * Makes the file durable under its name; {@code root} is an offset to start reading from.
         */
        FileName finish(long root) throws IOException;

        @Override
        void close() throws IOException;
    }
}
