package dev.wick.model;

/** How the value of a header, of a cookie or of a query parameter is matched. */
public sealed interface ValueMatch {

    /** The same test, ignoring upper and lower case (of ASCII) or not; only texts can. */
    default ValueMatch ignoring(boolean ignoreCase) {
        return this;
    }

    /** Whether upper and lower case are the same; default false. */
    default boolean ignoreCase() {
        return false;
    }

    /** It is there ({@code present: true}) or absent ({@code present: false}). */
    record Present(boolean present) implements ValueMatch {}

    record Exact(String value, boolean ignoreCase) implements ValueMatch {

        public Exact(String value) {
            this(value, false);
        }

        @Override
        public ValueMatch ignoring(boolean ignoreCase) {
            return new Exact(value, ignoreCase);
        }
    }

    record Prefix(String prefix, boolean ignoreCase) implements ValueMatch {

        public Prefix(String prefix) {
            this(prefix, false);
        }

        @Override
        public ValueMatch ignoring(boolean ignoreCase) {
            return new Prefix(prefix, ignoreCase);
        }
    }

    record Suffix(String suffix, boolean ignoreCase) implements ValueMatch {

        public Suffix(String suffix) {
            this(suffix, false);
        }

        @Override
        public ValueMatch ignoring(boolean ignoreCase) {
            return new Suffix(suffix, ignoreCase);
        }
    }

    record Contains(String part, boolean ignoreCase) implements ValueMatch {

        public Contains(String part) {
            this(part, false);
        }

        @Override
        public ValueMatch ignoring(boolean ignoreCase) {
            return new Contains(part, ignoreCase);
        }
    }

    /** RE2 syntax; must match the whole value. */
    record Regex(String regex) implements ValueMatch {}

    /**
     * A whole number from {@code start} up to, but not including, {@code end}; of headers only.
     *
     * @param end more than start
     */
    record Range(long start, long end) implements ValueMatch {}
}
