package dev.wick.store.keep.infinispan;

import dev.wick.store.keep.Blocks;
import java.util.concurrent.CompletableFuture;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.manager.DefaultCacheManager;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in a LOCAL cache, bounded by their number. Nothing of it is on disk: it is filled from the
 * files as they are read. Infinispan takes up to a second to start in a fresh JVM, which nobody
 * waits for: until then nothing is remembered.
 */
public final class CachedBlocks implements Blocks {

    /** What a block and its entry take, about. */
    private static final long BLOCK = 18 << 10;

    private record Started(
            DefaultCacheManager manager, Cache<String, byte[]> cache, Cache<String, byte[]> puts) {}

    private final CompletableFuture<Started> starting = new CompletableFuture<>();
    private volatile @Nullable Started started;

    private CachedBlocks() {}

    /** With room for about this many bytes, 1 MiB or more. */
    public static CachedBlocks open(long bytes) {
        if (bytes < 1 << 20) {
            throw new IllegalArgumentException(
                    "room for blocks: " + bytes + " bytes (expected: 1 MiB or more)");
        }
        CachedBlocks blocks = new CachedBlocks();
        Thread.ofPlatform().daemon().name("store-blocks").start(() -> blocks.start(bytes));
        return blocks;
    }

    private void start(long bytes) {
        try {
            Started fresh = cache(bytes);
            started = fresh;
            starting.complete(fresh);
        } catch (RuntimeException e) {
            // A store without a memory of blocks is slower, not wrong.
            System.getLogger(CachedBlocks.class.getName())
                    .log(System.Logger.Level.WARNING, "blocks are not cached", e);
            starting.completeExceptionally(e);
        }
    }

    private static Started cache(long bytes) {
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
        global.cacheContainer().statistics(false);
        global.jmx().disable();
        DefaultCacheManager manager = new DefaultCacheManager(global.build());
        Cache<String, byte[]> cache = manager.createCache("blocks", configuration(bytes));
        return new Started(
                manager, cache, cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES));
    }

    private static Configuration configuration(long bytes) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.clustering().cacheMode(CacheMode.LOCAL);
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        builder.memory().maxCount(bytes / BLOCK).whenFull(EvictionStrategy.REMOVE);
        return builder.build();
    }

    /** For tests: waits until blocks are remembered. */
    CachedBlocks awaited() {
        starting.join();
        return this;
    }

    @Override
    public byte @Nullable [] block(String key) {
        Started now = started;
        return now == null ? null : now.cache.get(key);
    }

    @Override
    public void put(String key, byte[] block) {
        Started now = started;
        if (now != null) {
            now.puts.put(key, block);
        }
    }

    @Override
    public void close() {
        started = null;
        starting.thenAccept(last -> last.manager.stop()).exceptionally(_ -> null).join();
    }
}
