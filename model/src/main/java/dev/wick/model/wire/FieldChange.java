package dev.wick.model.wire;

import org.jspecify.annotations.Nullable;

/**
 * A field whose value two states of a document have differently.
 *
 * @param path as {@code routes[2].route.timeout}; the index in a list is that of the new state, of
 *     the old one for an element that is gone
 * @param before the old value as text, null where there was none
 * @param after the new value as text, null where there is none
 */
public record FieldChange(String path, @Nullable String before, @Nullable String after) {}
