package dev.wick.store.keep.raft;

import dev.wick.store.keep.Blocks;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.StoreUnusable;
import java.nio.file.Path;

/** The folder that holds all of a store: {@code lock}, {@code log/}, {@code bundles/}. */
public final class DataFolder {

    private DataFolder() {}

    /**
     * Locks the folder (made when it is not there), reads its log and builds the views. Takes a
     * second per some 100,000 documents.
     *
     * @param blocks closed with the result
     * @throws StoreUnusable with a sentence for whoever started the store
     */
    public static Keep open(Path folder, KeepSettings settings, Indexer indexer, Blocks blocks)
            throws StoreUnusable {
        throw new UnsupportedOperationException();
    }
}
