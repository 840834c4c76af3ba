package dev.wick.store.keep;

import dev.wick.store.keep.raft.DataFolder;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** For tests: a store in a folder, with short words for what tests do to it. */
public final class KeepFolder implements AutoCloseable {

    private final Path folder;
    private KeepSettings settings;
    private Indexer indexer = new PlainIndexer();
    private Keep keep;

    public KeepFolder(Path folder, KeepSettings settings) throws StoreUnusable {
        this.folder = folder;
        this.settings = settings;
        keep = open();
    }

    private Keep open() throws StoreUnusable {
        return DataFolder.open(folder, settings, indexer, new MapBlocks());
    }

    public Keep keep() {
        return keep;
    }

    public KeepFolder reopen() throws StoreUnusable {
        keep.close();
        keep = open();
        return this;
    }

    public KeepFolder with(KeepSettings others) {
        settings = others;
        return this;
    }

    public KeepFolder with(Indexer other) {
        indexer = other;
        return this;
    }

    public static Change put(String kind, String name, String text) {
        return Change.put(kind, name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Outcome propose(long base, String requestId, Change... changes) throws Exception {
        return keep.commit("g", new Proposal(base, requestId, "tester", "", Arrays.asList(changes)))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** On the head; must win. */
    public long commit(Change... changes) throws Exception {
        Outcome outcome = propose(keep.head("g"), UUID.randomUUID().toString(), changes);
        return ((Outcome.Committed) outcome).revision();
    }

    /** Null when it is not there. */
    public String read(String kind, String name) {
        try (Pin pin = keep.pin("g")) {
            return text(pin.document(new Key(kind, name)));
        }
    }

    public static String text(Stored stored) {
        return stored == null ? null : new String(stored.document(), StandardCharsets.UTF_8);
    }

    /** All documents of a pin, found by pages. */
    public static TreeMap<String, String> all(Pin pin, String kind) {
        TreeMap<String, String> all = new TreeMap<>();
        List<Stored> page = pin.page(kind, null, 7);
        while (!page.isEmpty()) {
            page.forEach(stored -> all.put(stored.key().name(), text(stored)));
            page = pin.page(kind, page.getLast().key().name(), 7);
        }
        return all;
    }

    @Override
    public void close() {
        keep.close();
    }
}
