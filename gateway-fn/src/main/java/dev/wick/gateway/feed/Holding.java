package dev.wick.gateway.feed;

import java.util.Collection;

/** Names and documents of which the instance holds something. */
public record Holding(Collection<HostName> hosts, Collection<DocumentKey> documents) {

    public boolean isEmpty() {
        return hosts.isEmpty() && documents.isEmpty();
    }
}
