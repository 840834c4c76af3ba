package dev.wick.store.keep;

import dev.wick.store.revision.Key;

/**
 * Tells the views what is in a document. Pure: the same bytes give the same answer, on any thread
 * and after any restart.
 */
public interface Indexer {

    /**
     * Never throws for what was committed before. A reference that is made twice may be listed
     * twice.
     */
    Index index(String gateway, Key key, byte[] document);

    /**
     * To be raised when the answers change: views that were saved under another version are built
     * anew.
     */
    int version();
}
