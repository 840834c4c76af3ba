package dev.wick.store.keep;

import dev.wick.store.revision.Change;
import java.util.List;

/**
 * What shall become the revision after {@code base}. The keys of {@code changes} differ from each
 * other and deletions name documents that are there; {@code requestId} (1-200 characters) makes a
 * repetition harmless.
 */
public record Proposal(
        long base, String requestId, String author, String comment, List<Change> changes) {

    public Proposal {
        if (requestId.isEmpty() || requestId.length() > 200) {
            throw new IllegalArgumentException(
                    "request id of " + requestId.length() + " characters (expected: 1-200)");
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("no changes (expected: at least one)");
        }
    }
}
