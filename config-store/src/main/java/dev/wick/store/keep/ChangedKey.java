package dev.wick.store.keep;

import dev.wick.store.revision.Key;

/**
 * A document that a revision changed; {@code before} is the revision that had changed it before, 0
 * when it was created.
 */
public record ChangedKey(Key key, long before, boolean deleted) {}
