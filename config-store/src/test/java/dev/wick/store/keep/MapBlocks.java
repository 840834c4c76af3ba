package dev.wick.store.keep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** For tests: remembers everything. */
public final class MapBlocks implements Blocks {

    private final Map<String, byte[]> blocks = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] block(String key) {
        return blocks.get(key);
    }

    @Override
    public void put(String key, byte[] block) {
        blocks.put(key, block);
    }

    @Override
    public void close() {
        blocks.clear();
    }
}
