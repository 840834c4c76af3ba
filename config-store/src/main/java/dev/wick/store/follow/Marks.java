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
    boolean listeners;
    boolean reset;

    /** Adds what is newer. */
    void add(Marks newer) {
        hosts.addAll(newer.hosts);
        documents.putAll(newer.documents);
        listeners |= newer.listeners;
        reset |= newer.reset;
    }

    boolean isEmpty() {
        return hosts.isEmpty() && documents.isEmpty() && !listeners && !reset;
    }

    long bytes() {
        long bytes = 0;
        for (byte[] document : documents.values()) {
            bytes += document == null ? 0 : document.length;
        }
        return bytes;
    }
}
