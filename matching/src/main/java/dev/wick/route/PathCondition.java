package dev.wick.route;

import com.google.re2j.Pattern;

/**
 * What a route asks of the path, query and fragment left out. Exact paths and prefixes are found
 * through an index; {@link #holds} is what the index must agree with, and what an explanation asks.
 */
public abstract sealed class PathCondition
        permits PathCondition.Exact, PathCondition.Prefix, PathCondition.Regex {

    private PathCondition() {}

    /** The whole path; case matters. */
    public static PathCondition exact(String path) {
        return new Exact(path);
    }

    /** As Envoy's {@code prefix}: {@code /api} takes {@code /apix} too. */
    public static PathCondition prefix(String prefix) {
        return new Prefix(prefix);
    }

    /** Matches the whole path. */
    public static PathCondition regex(Pattern pattern) {
        return new Regex(new FullMatch(pattern));
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

    abstract void enter(PathIndex.Builder index, int route);

    /** As {@code prefix "/api"}. */
    abstract String expected();

    static final class Exact extends PathCondition {

        private final String path;

        private Exact(String path) {
            this.path = path;
        }

        @Override
        boolean holds(String target, int end) {
            return end == path.length() && target.startsWith(path);
        }

        @Override
        int matched(int end) {
            return end;
        }

        @Override
        void enter(PathIndex.Builder index, int route) {
            index.exact(path, route);
        }

        @Override
        String expected() {
            return "exact \"" + path + "\"";
        }
    }

    static final class Prefix extends PathCondition {

        private final String prefix;

        private Prefix(String prefix) {
            this.prefix = prefix;
        }

        @Override
        boolean holds(String target, int end) {
            return prefix.length() <= end && target.startsWith(prefix);
        }

        @Override
        int matched(int end) {
            return prefix.length();
        }

        @Override
        void enter(PathIndex.Builder index, int route) {
            index.prefix(prefix, route);
        }

        @Override
        String expected() {
            return "prefix \"" + prefix + "\"";
        }
    }

    static final class Regex extends PathCondition {

        private final FullMatch regex;

        private Regex(FullMatch regex) {
            this.regex = regex;
        }

        @Override
        boolean holds(String target, int end) {
            return regex.test(target, 0, end);
        }

        @Override
        int matched(int end) {
            return end;
        }

        @Override
        void enter(PathIndex.Builder index, int route) {
            index.other(route);
        }

        @Override
        String expected() {
            return "regex \"" + regex + "\"";
        }
    }
}
