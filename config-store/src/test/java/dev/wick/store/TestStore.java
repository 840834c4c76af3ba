package dev.wick.store;

import dev.wick.model.wire.Documents;
import dev.wick.store.access.Envelope;
import dev.wick.store.access.KeyEncryptionKey;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.Answer;
import dev.wick.store.admit.Bundle;
import dev.wick.store.admit.DocumentIndexer;
import dev.wick.store.admit.History;
import dev.wick.store.admit.Precondition;
import dev.wick.store.admit.Sealing;
import dev.wick.store.admit.Vault;
import dev.wick.store.admit.Wish;
import dev.wick.store.follow.Followers;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.infinispan.CachedBlocks;
import dev.wick.store.keep.raft.DataFolder;
import dev.wick.store.slice.Slices;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The store's real parts over a real folder, without the door. */
public final class TestStore implements AutoCloseable {

    public static final String GATEWAY = "default";

    public final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    public final Keep keep;
    public final Vault vault;
    public final Admission admission;
    public final History history;
    public final Slices slices;
    public final Followers followers;

    public TestStore(Path folder) {
        this(folder, KeyEncryptionKey.generate());
    }

    public TestStore(Path folder, KeyEncryptionKey key) {
        this(open(folder, KeepSettings.defaults()), new EnvelopeSealing(new Envelope(key)));
    }

    public TestStore(Keep keep, Sealing sealing) {
        DocumentIndexer indexer = new DocumentIndexer();
        this.keep = keep;
        vault = new Vault(sealing);
        history = new History(keep, vault);
        admission = new Admission(keep, vault, history);
        slices = new Slices(keep, indexer);
        followers = new Followers(keep, indexer, executor);
    }

    public static Keep open(Path folder, KeepSettings settings) {
        try {
            return DataFolder.open(
                    folder, settings, new DocumentIndexer(), CachedBlocks.open(1 << 22));
        } catch (StoreUnusable e) {
            throw new IllegalStateException(e);
        }
    }

    public static Bundle bundle(String yaml) {
        return Bundle.of(Documents.parse("test", yaml), false);
    }

    public static Wish wish() {
        return wish(new Precondition.None(), null);
    }

    public static Wish wish(Precondition precondition, String requestId) {
        return new Wish(GATEWAY, precondition, "test", "", requestId, false, true);
    }

    /** Applies what must be applied; the revision. */
    public long apply(String yaml) {
        return ((Answer.Applied) admission.apply(wish(), bundle(yaml))).revision();
    }

    /** A virtual host that sends everything to one cluster. */
    public static String host(String name, String domain, String cluster) {
        return """
        kind: VirtualHost
        name: %s
        domains: ["%s"]
        routes: [{match: {path: {prefix: /}}, route: {cluster: %s}}]
        ---
        """
                .formatted(name, domain, cluster);
    }

    public static String cluster(String name, int port) {
        return """
        kind: Cluster
        name: %s
        endpoints: [{address: 127.0.0.1, port: %d}]
        ---
        """
                .formatted(name, port);
    }

    public static String listener(String name, int port) {
        return """
        kind: Listener
        name: %s
        port: %d
        ---
        """
                .formatted(name, port);
    }

    @Override
    public void close() {
        followers.close();
        keep.close();
        executor.close();
    }
}
