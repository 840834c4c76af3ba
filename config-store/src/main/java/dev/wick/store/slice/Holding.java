package dev.wick.store.slice;

import dev.wick.store.revision.Key;
import java.util.Collection;

/** Remembers what a reader is about to hold, so that he is told of its changes from the read on. */
public interface Holding {

    /** Nobody is to be told. */
    Holding NONE =
            new Holding() {
                @Override
                public void host(HostName host) {}

                @Override
                public void documents(long revision, Collection<Key> keys) {}
            };

    /** Before the revision to read is chosen. */
    void host(HostName host);

    /**
     * After the documents were read as of {@code revision}; what changed since then counts as a
     * change to what is held.
     */
    void documents(long revision, Collection<Key> keys);
}
