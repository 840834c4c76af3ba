package dev.wick.store.keep;

import java.io.IOException;

/** Reads blocks through the memory of blocks. */
final class CachedRead {

    private CachedRead() {}

    static byte[] block(Bundles bundles, Blocks cache, String name, long offset)
            throws IOException {
        String key = name + '@' + offset;
        byte[] block = cache.block(key);
        if (block == null) {
            block = bundles.read(name, offset).bytes();
            cache.put(key, block);
        }
        return block;
    }
}
