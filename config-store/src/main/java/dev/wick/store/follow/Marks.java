package dev.wick.store.follow;

import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one follower has to be told of. Used by one thread at a time. */
final class Marks {

    final Set<HostName> hosts = new LinkedHashSet<>();
    final Map<Key, byte @Nullable []> documents = new HashMap<>();
    private boolean listeners;
    private boolean reset;
    private long bytes;

    void host(HostName host) {
        if (!reset) {
            hosts.add(host);
        }
    }

    /** {@code kept} null: deleted. */
    void document(Key key, byte @Nullable [] kept) {
        if (!reset) {
            bytes += length(kept) - length(documents.put(key, kept));
        }
    }

    private static long length(byte @Nullable [] document) {
        return document == null ? 0 : document.length;
    }

    void listeners() {
        listeners = !reset;
    }

    boolean hasListeners() {
        return listeners;
    }

    /** All is read anew: nothing else is told, then, and nothing is kept for it. */
    void reset() {
        reset = true;
        listeners = false;
        bytes = 0;
        hosts.clear();
        documents.clear();
    }

    boolean isReset() {
        return reset;
    }

    /** Adds what is newer. */
    void add(Marks newer) {
        if (newer.reset) {
            reset();
        }
        newer.hosts.forEach(this::host);
        newer.documents.forEach(this::document);
        if (newer.listeners) {
            listeners();
        }
    }

    boolean isEmpty() {
        return hosts.isEmpty() && documents.isEmpty() && !listeners && !reset;
    }

    /** Of all documents together. */
    long bytes() {
        return bytes;
    }
}
