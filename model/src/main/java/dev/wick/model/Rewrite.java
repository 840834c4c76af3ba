package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * What a route makes of a request's path.
 *
 * @param prefix replaces what the match's path matched (prefix, or the whole path of an exact
 *     match); null: none
 */
public record Rewrite(@Nullable String prefix) {

    public static final Rewrite NONE = new Rewrite(null);
}
