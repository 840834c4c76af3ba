package dev.wick.gateway.feed;

import java.util.List;

/**
 * What serves one host, as of one revision.
 *
 * @param etag with its quotes; empty where the store gave none
 * @param domain the one that matched, as {@code *.example.com}
 * @param documents all that the virtual host refers to
 * @param health what other instances have found of its clusters' hosts
 */
public record Slice(
        String epoch,
        long revision,
        String etag,
        String domain,
        Part virtualHost,
        List<Part> documents,
        List<HostHealth> health) {}
