package dev.wick.store.slice;

import dev.wick.store.keep.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What serves one host, as of one revision.
 *
 * @param found null: no domain matches
 */
public record Slice(String epoch, long revision, @Nullable Found found) {

    /**
     * @param domain the domain that matched, as {@code *.example.com}
     * @param virtualHost the document that claims it
     * @param documents what it refers to, directly or not, in the order of their keys
     * @param etag changes with the domain and with every document of the slice, and with nothing
     *     else; with its quotes
     */
    public record Found(String domain, Stored virtualHost, List<Stored> documents, String etag) {}
}
