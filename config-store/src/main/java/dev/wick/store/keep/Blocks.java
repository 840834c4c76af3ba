package dev.wick.store.keep;

import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of blocks that were read from bundle and base files. Those files never change,
 * so whatever it still holds is right, and it may forget anything at any time. Any thread.
 */
public interface Blocks extends AutoCloseable {

    /** The bytes put under this key, or null. */
    byte @Nullable [] block(String key);

    void put(String key, byte[] block);

    @Override
    void close();
}
