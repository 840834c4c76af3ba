package dev.wick.store.keep;

import java.util.concurrent.CompletableFuture;

/**
 * Puts entries into one durable order that a majority of members share, and drives a {@link
 * Machine} by them. Any thread.
 */
public interface Log extends AutoCloseable {

    /**
     * Completes with the machine's answer once the entry is durable and applied. When it fails, the
     * entry may or may not be applied yet, or later, and it may be proposed again.
     */
    CompletableFuture<byte[]> propose(byte[] entry);

    @Override
    void close();

    /** Opens the log: what was committed is applied to the machine before this returns. */
    interface Opener {
        Log open(Machine machine, Halt halt) throws StoreUnusable;
    }
}
