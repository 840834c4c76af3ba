package dev.wick.model;

/** Matches the path without its query. */
public sealed interface PathMatch {

    /** The same condition, minding upper and lower case or not; expressions and templates do. */
    default PathMatch minding(boolean caseSensitive) {
        return this;
    }

    /** Whether upper and lower case are told apart; default true. */
    default boolean caseSensitive() {
        return true;
    }

    /** The whole path. */
    record Exact(String path, boolean caseSensitive) implements PathMatch {

        public Exact(String path) {
            this(path, true);
        }

        @Override
        public PathMatch minding(boolean caseSensitive) {
            return new Exact(path, caseSensitive);
        }
    }

    /** As Envoy's {@code prefix}: {@code /api} takes {@code /apix} too. */
    record Prefix(String prefix, boolean caseSensitive) implements PathMatch {

        public Prefix(String prefix) {
            this(prefix, true);
        }

        @Override
        public PathMatch minding(boolean caseSensitive) {
            return new Prefix(prefix, caseSensitive);
        }
    }

    /**
     * Whole segments: {@code /api} takes {@code /api} and {@code /api/x}, not {@code /apix}.
     *
     * @param prefix does not end with {@code /}
     */
    record PathSeparatedPrefix(String prefix, boolean caseSensitive) implements PathMatch {

        public PathSeparatedPrefix(String prefix) {
            this(prefix, true);
        }

        @Override
        public PathMatch minding(boolean caseSensitive) {
            return new PathSeparatedPrefix(prefix, caseSensitive);
        }
    }

    /** CONNECT, which has no path. */
    record Connect() implements PathMatch {}

    /** RE2 syntax; must match the whole path. */
    record Regex(String regex) implements PathMatch {}

    /**
     * Envoy's URI template, as {@code /shops/{shop}/*}: {@code *} is one segment, {@code **} any
     * number of them at the end, {@code {name}} or {@code {name=pattern}} a part with a name.
     *
     * @see UriTemplate
     */
    record Template(String template) implements PathMatch {}
}
