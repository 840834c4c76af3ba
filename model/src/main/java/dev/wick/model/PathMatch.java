package dev.wick.model;

/** Matches the path without its query, case-sensitively. */
public sealed interface PathMatch {

    /** The whole path. */
    record Exact(String path) implements PathMatch {}

    /** As Envoy's {@code prefix}: {@code /api} takes {@code /apix} too. */
    record Prefix(String prefix) implements PathMatch {}

    /** RE2 syntax; must match the whole path. */
    record Regex(String regex) implements PathMatch {}
}
