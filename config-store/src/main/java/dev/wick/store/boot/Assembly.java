package dev.wick.store.boot;

import dev.wick.store.access.AccessFolder;
import dev.wick.store.access.Envelope;
import dev.wick.store.access.KeyRing;
import dev.wick.store.access.Rotation;
import dev.wick.store.access.Tokens;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.DocumentIndexer;
import dev.wick.store.admit.History;
import dev.wick.store.admit.Sealing;
import dev.wick.store.admit.Vault;
import dev.wick.store.explain.Explainer;
import dev.wick.store.follow.Followers;
import dev.wick.store.instances.Instances;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.infinispan.CachedBlocks;
import dev.wick.store.keep.raft.DataFolder;
import dev.wick.store.slice.Slices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** The parts of a store, put together over one data folder. */
final class Assembly implements AutoCloseable {

    /** Blocks that are kept in memory; the rest is read from the files. */
    private static final long LEAST_CACHE = 16L << 20;

    private static final int SHARE_OF_HEAP = 8;

    private static final long FORGET_SECONDS = 10;

    final ExecutorService executor;
    final Keep keep;
    final Tokens tokens;
    final Rotation rotation;
    final Vault vault;
    final Admission admission;
    final History history;
    final Slices slices;
    final Followers followers;
    final Explainer explainer;
    final Instances instances;
    private final ScheduledExecutorService forgetting;

    private Assembly(
            Keep keep,
            Indexer indexer,
            Tokens tokens,
            Rotation rotation,
            Vault vault,
            ExecutorService executor) {
        this.keep = keep;
        this.tokens = tokens;
        this.rotation = rotation;
        this.vault = vault;
        this.executor = executor;
        history = new History(keep, vault);
        admission = new Admission(keep, vault, history);
        slices = new Slices(keep, indexer);
        followers = new Followers(keep, indexer, executor);
        explainer = new Explainer(slices);
        instances = new Instances(Clock.systemUTC());
        forgetting =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("wick-forget").factory());
        forgetting.scheduleAtFixedRate(
                instances::forget, FORGET_SECONDS, FORGET_SECONDS, TimeUnit.SECONDS);
    }

    /** Opens the folder, making it and its first tokens when it is new. */
    static Assembly open(Settings settings) throws StoreUnusable {
        AccessFolder.checkForm(settings.key(), settings.oldKeys());
        Clock clock = Clock.systemUTC();
        Indexer indexer = new DocumentIndexer();
        Path folder = settings.data();
        CachedBlocks blocks =
                CachedBlocks.open(
                        Math.max(LEAST_CACHE, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        Keep keep = null;
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            keep =
                    DataFolder.open(
                            folder,
                            KeepSettings.defaults()
                                    .withRevisions(settings.keepRevisions())
                                    .withHistoryAge(Duration.ofDays(settings.keepDays()), clock),
                            indexer,
                            blocks);
            AccessFolder access = new AccessFolder(folder);
            KeyRing keys = access.keys(keep, settings.key(), settings.oldKeys());
            Tokens tokens = new Tokens(keep, clock, executor);
            access.begin(keep, tokens, keys.current());
            Envelope envelope = new Envelope(keys);
            boolean given = settings.key() != null && !settings.key().isBlank();
            Rotation rotation = new Rotation(keep, access, envelope, given, clock);
            rotation.finish();
            Vault vault = new Vault(sealing(envelope));
            return new Assembly(keep, indexer, tokens, rotation, vault, executor);
        } catch (StoreUnusable | RuntimeException e) {
            if (keep == null) {
                blocks.close();
            } else {
                keep.close();
            }
            executor.close();
            throw e;
        }
    }

    private static Sealing sealing(Envelope envelope) {
        return new Sealing() {
            @Override
            public byte[] seal(String gateway, String kind, String name, byte[] document) {
                return envelope.seal(gateway, kind, name, document);
            }

            @Override
            public byte[] open(String gateway, String kind, String name, byte[] sealed) {
                return envelope.open(gateway, kind, name, sealed);
            }

            @Override
            public Lock sameKey() {
                return envelope.sameKey();
            }
        };
    }

    @Override
    public void close() {
        forgetting.shutdownNow();
        followers.close();
        keep.close();
        executor.shutdown();
    }
}
