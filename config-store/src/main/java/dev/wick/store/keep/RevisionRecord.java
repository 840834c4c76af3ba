package dev.wick.store.keep;

import java.time.Instant;
import java.util.List;

/**
 * What a revision did. {@code changes} are in the order of their keys; {@code domains} are those
 * that were gained, lost or moved to another host (a host that changed otherwise is found among the
 * changes by its own name).
 */
public record RevisionRecord(
        long revision,
        String requestId,
        String author,
        Instant time,
        String comment,
        List<ChangedKey> changes,
        List<DomainKey> domains) {}
