package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import org.jspecify.annotations.Nullable;

/** A change with the bytes before (null: created) and after (null: deleted). */
public record RecordedChange(
        Key key, long beforeRevision, byte @Nullable [] before, byte @Nullable [] after) {}
