package dev.wick.gateway.feed;

import java.util.List;

/**
 * What a revision, or a row of them, did to what the instance holds.
 *
 * @param hosts are to be drawn anew
 * @param documents as they are now, whole
 * @param listeners whether the listener set changed
 */
public record Changed(
        long revision, List<HostName> hosts, List<Part> documents, boolean listeners) {

    /** Nothing that is held was touched. */
    public boolean isEmpty() {
        return hosts.isEmpty() && documents.isEmpty() && !listeners;
    }
}
