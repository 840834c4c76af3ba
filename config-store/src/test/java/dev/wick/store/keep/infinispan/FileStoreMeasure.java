package dev.wick.store.keep.infinispan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.UncleanShutdownAction;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;

/**
 * What the decision on the views was measured against: documents in a LOCAL cache that spills to a
 * soft-index file store. A main, because it has to be killed: arguments are a folder, a number of
 * documents, {@code load} or {@code read}, {@code kill} or {@code stop}.
 */
final class FileStoreMeasure {

    private FileStoreMeasure() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int documents = Integer.parseInt(arguments[1]);
        if (arguments[2].equals("load")) {
            clear(folder);
        }
        long start = System.nanoTime();
        DefaultCacheManager manager = manager(folder);
        Cache<byte[], byte[]> cache = cache(manager);
        say("opened in %.1f s", start);
        if (arguments[2].equals("load")) {
            load(cache, documents);
        }
        start = System.nanoTime();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            cache.get(key(random.nextInt(documents)));
        }
        say("20,000 gets in %.2f s", start);
        start = System.nanoTime();
        long keys = cache.keySet().stream().count();
        say(keys + " keys listed in %.1f s", start);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println((runtime.totalMemory() - runtime.freeMemory() >> 20) + " MB of heap");
        if (arguments[3].equals("kill")) {
            runtime.halt(9);
        }
        manager.stop();
    }

    private static DefaultCacheManager manager(Path folder) {
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
        global.globalState()
                .enable()
                .persistentLocation(folder.toString())
                .uncleanShutdownAction(UncleanShutdownAction.IGNORE);
        global.jmx().disable();
        return new DefaultCacheManager(global.build());
    }

    private static Cache<byte[], byte[]> cache(DefaultCacheManager manager) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.clustering().cacheMode(CacheMode.LOCAL).hash().numSegments(32);
        builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM_TYPE);
        builder.memory().maxCount(20_000);
        builder.persistence()
                .passivation(false)
                .addSoftIndexFileStore()
                .purgeOnStartup(false)
                .syncWrites(false);
        return manager.createCache("documents", builder.build());
    }

    private static void load(Cache<byte[], byte[]> cache, int documents) {
        Cache<byte[], byte[]> puts = cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES);
        long start = System.nanoTime();
        ArrayDeque<CompletableFuture<?>> flight = new ArrayDeque<>();
        for (int i = 0; i < documents; i++) {
            flight.add(puts.putAsync(key(i), Arrays.copyOf(key(i), 400)));
            if (flight.size() > 256) {
                flight.remove().join();
            }
        }
        flight.forEach(CompletableFuture::join);
        say(documents + " documents loaded in %.1f s", start);
    }

    private static byte[] key(int i) {
        return ("default/VirtualHost/h" + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void clear(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void say(String form, long start) {
        System.out.println(form.formatted((System.nanoTime() - start) / 1e9));
    }
}
