package dev.wick.store.follow;

import org.jspecify.annotations.Nullable;

/**
 * What a reader is told, one thing at a time, at his own pace: what he is too slow for is merged
 * meanwhile, never queued.
 */
public interface Feed extends AutoCloseable {

    /** What there is to tell now, or null. One thread at a time; may read the disk. */
    @Nullable Told poll();

    /**
     * Calls back whenever there may be something to poll, and once at the end; on any thread, must
     * not block. Set once, before the first poll.
     */
    void whenReady(Runnable wake);

    /** Nothing will ever come again: the reader was replaced, or what he waits for is gone. */
    boolean ended();

    /** The reader is gone. */
    @Override
    void close();
}
