package dev.wick.store.revision;

import org.jspecify.annotations.Nullable;

/**
 * One document of a bundle as it shall be; {@code after} null deletes it. The bytes are never
 * looked into, nor copied.
 */
public record Change(Key key, byte @Nullable [] after) {

    public static Change put(String kind, String name, byte[] document) {
        return new Change(new Key(kind, name), document);
    }

    public static Change delete(String kind, String name) {
        return new Change(new Key(kind, name), null);
    }
}
