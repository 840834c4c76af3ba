package dev.wick.store.follow;

import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.List;

/**
 * What an instance says it holds when it begins to follow.
 *
 * @param epoch as it knows it; empty when it knows none
 * @param revision what it holds is of this revision or later
 * @param hosts by the names it was asked for, unknown ones and those covered by a wildcard included
 */
public record Holdings(
        String instance, String epoch, long revision, List<HostName> hosts, List<Key> documents) {

    boolean isEmpty() {
        return hosts.isEmpty() && documents.isEmpty();
    }
}
