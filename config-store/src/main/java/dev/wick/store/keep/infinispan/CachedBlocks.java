package dev.wick.store.keep.infinispan;

import dev.wick.store.keep.Blocks;
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
 * files as it is read.
 */
public final class CachedBlocks implements Blocks {

    /** What a block and its entry take, about. */
    private static final long BLOCK = 18 << 10;

    private final DefaultCacheManager manager;
    private final Cache<String, byte[]> cache;
    private final Cache<String, byte[]> puts;

    private CachedBlocks(DefaultCacheManager manager, Cache<String, byte[]> cache) {
        this.manager = manager;
        this.cache = cache;
        this.puts = cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES);
    }

    /** With room for about this many bytes, 1 MiB or more. */
    public static CachedBlocks open(long bytes) {
        if (bytes < 1 << 20) {
            throw new IllegalArgumentException(
                    "room for blocks: " + bytes + " bytes (expected: 1 MiB or more)");
        }
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
        global.cacheContainer().statistics(false);
        global.jmx().disable();
        DefaultCacheManager manager = new DefaultCacheManager(global.build());
        return new CachedBlocks(manager, manager.createCache("blocks", configuration(bytes)));
    }

    private static Configuration configuration(long bytes) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.clustering().cacheMode(CacheMode.LOCAL);
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        builder.memory().maxCount(bytes / BLOCK).whenFull(EvictionStrategy.REMOVE);
        return builder.build();
    }

    @Override
    public byte @Nullable [] block(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] block) {
        puts.put(key, block);
    }

    @Override
    public void close() {
        manager.stop();
    }
}
