package dev.wick.route;

import com.google.re2j.Pattern;

/**
 * What a route asks of the path, query and fragment left out. Exact paths and prefixes are found
 * through an index; {@link #holds} is what the index must agree with, and what an explanation asks.
 */
public abstract sealed class PathCondition
        permits PathCondition.Exact,
                PathCondition.Prefix,
                PathCondition.Regex,
                PathCondition.Connect {

    private PathCondition() {}

    /** The whole path. */
    public static PathCondition exact(String path, boolean caseSensitive) {
        return new Exact(path, caseSensitive);
    }

    /** As Envoy's {@code prefix}: {@code /api} takes {@code /apix} too. */
    public static PathCondition prefix(String prefix, boolean caseSensitive) {
        return new Prefix(prefix, caseSensitive, false);
    }

    /** Whole segments: {@code /api} takes {@code /api} and {@code /api/x}, not {@code /apix}. */
    public static PathCondition pathSeparatedPrefix(String prefix, boolean caseSensitive) {
        return new Prefix(prefix, caseSensitive, true);
    }

    /** Matches the whole path. */
    public static PathCondition regex(Pattern pattern) {
        return new Regex(new FullMatch(pattern), "regex \"" + pattern.pattern() + "\"");
    }

    /**
     * Matches the whole path.
     *
     * @param pattern what the template means
     */
    public static PathCondition template(String template, Pattern pattern) {
        return new Regex(new FullMatch(pattern), "template \"" + template + "\"");
    }

    /** That there is none, as in CONNECT alone. */
    public static PathCondition connect() {
        return new Connect();
    }

    /** Where the path of a request target ends: at its query or fragment, or with it. */
    static int end(String target) {
        int query = target.indexOf('?');
        int fragment = target.indexOf('#');
        if (query < 0) {
            return fragment < 0 ? target.length() : fragment;
        }
        return fragment < 0 ? query : Math.min(query, fragment);
    }

    abstract boolean holds(String target, int end);

    /** How much of a path for which this holds a prefix rewrite replaces. */
    abstract int matched(int end);

    abstract void enter(PathIndexes.Builder indexes, int route);

    /** As {@code prefix "/api"}. */
    abstract String expected();

    private static String shown(String kind, String text, boolean caseSensitive) {
        return kind + " \"" + text + "\"" + (caseSensitive ? "" : " in any case");
    }

    /** Whether the target has the text at its begin; the text is in lower case unless sensitive. */
    private static boolean begins(String target, String text, boolean caseSensitive) {
        return caseSensitive ? target.startsWith(text) : Ascii.startsWith(target, 0, text);
    }

    static final class Exact extends PathCondition {

        private final String path;
        private final boolean caseSensitive;

        private Exact(String path, boolean caseSensitive) {
            this.path = caseSensitive ? path : Ascii.lower(path);
            this.caseSensitive = caseSensitive;
        }

        @Override
        boolean holds(String target, int end) {
            return end == path.length() && begins(target, path, caseSensitive);
        }

        @Override
        int matched(int end) {
            return end;
        }

        @Override
        void enter(PathIndexes.Builder indexes, int route) {
            indexes.of(caseSensitive).exact(path, route);
        }

        @Override
        String expected() {
            return shown("exact", path, caseSensitive);
        }
    }

    static final class Prefix extends PathCondition {

        private final String prefix;
        private final boolean caseSensitive;
        private final boolean separated;

        private Prefix(String prefix, boolean caseSensitive, boolean separated) {
            this.prefix = caseSensitive ? prefix : Ascii.lower(prefix);
            this.caseSensitive = caseSensitive;
            this.separated = separated;
        }

        @Override
        boolean holds(String target, int end) {
            return prefix.length() <= end
                    && begins(target, prefix, caseSensitive)
                    && (!separated
                            || end == prefix.length()
                            || target.charAt(prefix.length()) == '/');
        }

        @Override
        int matched(int end) {
            return prefix.length();
        }

        @Override
        void enter(PathIndexes.Builder indexes, int route) {
            indexes.of(caseSensitive).prefix(prefix, separated, route);
        }

        @Override
        String expected() {
            return shown(separated ? "pathSeparatedPrefix" : "prefix", prefix, caseSensitive);
        }
    }

    static final class Connect extends PathCondition {

        @Override
        boolean holds(String target, int end) {
            return target.isEmpty();
        }

        @Override
        int matched(int end) {
            return end;
        }

        @Override
        void enter(PathIndexes.Builder indexes, int route) {
            indexes.other(route);
        }

        @Override
        String expected() {
            return "none (CONNECT)";
        }
    }

    /** An expression, or a template that means one. */
    static final class Regex extends PathCondition {

        private final FullMatch regex;
        private final String expected;

        private Regex(FullMatch regex, String expected) {
            this.regex = regex;
            this.expected = expected;
        }

        @Override
        boolean holds(String target, int end) {
            return end > 0 && regex.test(target, 0, end);
        }

        @Override
        int matched(int end) {
            return end;
        }

        @Override
        void enter(PathIndexes.Builder indexes, int route) {
            indexes.other(route);
        }

        @Override
        String expected() {
            return expected;
        }
    }
}
