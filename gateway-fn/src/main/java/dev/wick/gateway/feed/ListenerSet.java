package dev.wick.gateway.feed;

import java.util.List;

/**
 * All listeners of the gateway, as of one revision.
 *
 * @param etag with its quotes; empty where the store gave none
 */
public record ListenerSet(String epoch, long revision, String etag, List<Part> listeners) {}
