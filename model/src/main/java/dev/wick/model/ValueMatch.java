package dev.wick.model;

/** How the value of a header or of a query parameter is matched. */
public sealed interface ValueMatch {

    /** It is there ({@code present: true}) or absent ({@code present: false}). */
    record Present(boolean present) implements ValueMatch {}

    record Exact(String value) implements ValueMatch {}

    record Prefix(String prefix) implements ValueMatch {}

    record Suffix(String suffix) implements ValueMatch {}

    record Contains(String part) implements ValueMatch {}

    /** RE2 syntax; must match the whole value. */
    record Regex(String regex) implements ValueMatch {}
}
