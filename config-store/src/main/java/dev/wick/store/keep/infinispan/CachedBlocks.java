package dev.wick.store.keep.infinispan;

import dev.wick.store.keep.Blocks;
import org.jspecify.annotations.Nullable;

/** Blocks in a LOCAL cache, bounded by bytes. */
public final class CachedBlocks implements Blocks {

    private CachedBlocks() {}

    /** With room for this many bytes. */
    public static CachedBlocks open(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte @Nullable [] block(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(String key, byte[] block) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
