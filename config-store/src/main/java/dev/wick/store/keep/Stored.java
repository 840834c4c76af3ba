package dev.wick.store.keep;

import dev.wick.store.revision.Key;

/**
 * A document as of a revision: its bytes (not to be written to), and the revision that last changed
 * it.
 */
public record Stored(Key key, byte[] document, long revision) {}
