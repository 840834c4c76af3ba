package dev.wick.route;

import org.jspecify.annotations.Nullable;

/**
 * All routes of a table by their path conditions: those that tell upper and lower case apart, those
 * that do not (indexed in lower case), and those whose condition has to be asked one by one.
 * Immutable.
 */
final class PathIndexes {

    private final PathIndex sensitive;
    private final @Nullable PathIndex insensitive;
    private final int[] others;

    private PathIndexes(Builder builder) {
        sensitive = builder.sensitive.build();
        insensitive = builder.insensitive.isEmpty() ? null : builder.insensitive.build();
        others = builder.others;
    }

    /** Of paths and prefixes as they are. */
    PathIndex sensitive() {
        return sensitive;
    }

    /** Of paths and prefixes in lower case; null where no route asks so. */
    @Nullable PathIndex insensitive() {
        return insensitive;
    }

    /** The routes, ascending, whose path condition has to be asked. */
    int[] others() {
        return others;
    }

    /** Takes routes in ascending order. */
    static final class Builder {

        private final PathIndex.Builder sensitive = new PathIndex.Builder();
        private final PathIndex.Builder insensitive = new PathIndex.Builder();
        private int[] others = PathIndex.NO_ROUTES;

        /**
         * @param caseSensitive where it is not, paths and prefixes are to be in lower case
         */
        PathIndex.Builder of(boolean caseSensitive) {
            return caseSensitive ? sensitive : insensitive;
        }

        void other(int route) {
            others = PathIndex.Builder.append(others, route);
        }

        PathIndexes build() {
            return new PathIndexes(this);
        }
    }
}
