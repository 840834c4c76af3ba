package dev.wick.route;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the routes that ask for a path or a prefix, so that a look-up costs the length of the path
 * and not that of the table.
 *
 * <p>List order decides among routes, so no part of the index may decide alone: exact paths (a
 * hash) and prefixes (a radix tree; those of a path lie on one way down) each offer their routes in
 * ascending order, and the caller keeps the smallest whose other conditions hold. Every part stops
 * at the best that is known already.
 */
final class PathIndex {

    static final int[] NO_ROUTES = {};

    private final @Nullable String[] paths;
    private final int[][] exact;
    private final Node prefixes;

    private PathIndex(Builder builder) {
        int slots = Integer.highestOneBit(Math.max(1, builder.exact.size())) << 2;
        paths = new @Nullable String[slots];
        exact = new int[slots][];
        builder.exact.forEach(this::enter);
        prefixes = builder.prefixes;
    }

    private void enter(String path, int[] routes) {
        int slot = slot(path.hashCode());
        while (paths[slot] != null) {
            slot = slot + 1 & paths.length - 1;
        }
        paths[slot] = path;
        exact[slot] = routes;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & paths.length - 1;
    }

    /** The routes, ascending, with exactly the path that ends at {@code end}. */
    int[] exact(String target, int end) {
        int slot = slot(hash(target, end));
        for (String path = paths[slot]; path != null; path = paths[slot]) {
            if (path.length() == end && target.startsWith(path)) {
                return exact[slot];
            }
            slot = slot + 1 & paths.length - 1;
        }
        return NO_ROUTES;
    }

    /** That of {@code target.substring(0, end)}, without making it. */
    private static int hash(String target, int end) {
        if (end == target.length()) {
            return target.hashCode();
        }
        int hash = 0;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + target.charAt(i);
        }
        return hash;
    }

    /** Where the way down begins: the empty prefix. */
    Node prefixes() {
        return prefixes;
    }

    /** The end of a prefix, or a fork. */
    static final class Node {

        private String label;
        private int[] routes = NO_ROUTES;
        private int[] separated = NO_ROUTES;
        private Node[] children = {};

        private Node(String label) {
            this.label = label;
        }

        /** The routes, ascending, of the prefix that ends here. */
        int[] routes() {
            return routes;
        }

        /**
         * The routes, ascending, that ask for whole segments, where the prefix that ends here ends
         * a segment of the path.
         */
        int[] separated(String target, int position, int end) {
            return separated.length > 0 && (position == end || target.charAt(position) == '/')
                    ? separated
                    : NO_ROUTES;
        }

        int length() {
            return label.length();
        }

        /**
         * The next node on the way down from {@code position} in the path, or null where no longer
         * prefix matches.
         */
        @Nullable Node next(String target, int position, int end) {
            if (position == end) {
                return null;
            }
            int place = place(target.charAt(position));
            if (place < 0) {
                return null;
            }
            Node child = children[place];
            boolean whole =
                    position + child.label.length() <= end
                            && target.startsWith(child.label, position);
            return whole ? child : null;
        }

        /** Binary search by first char; {@code -1 - place} where there is none. */
        private int place(char first) {
            int low = 0;
            int high = children.length - 1;
            while (low <= high) {
                int middle = low + high >>> 1;
                int difference = children[middle].label.charAt(0) - first;
                if (difference == 0) {
                    return middle;
                } else if (difference < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -1 - low;
        }

        private void insert(int place, Node child) {
            Node[] more = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, place, more, place + 1, children.length - place);
            more[place] = child;
            children = more;
        }

        /**
         * Puts a node between this one and its child, at the first {@code length} chars of the
         * child's label.
         */
        private Node split(int place, int length) {
            Node child = children[place];
            Node fork = new Node(child.label.substring(0, length));
            child.label = child.label.substring(length);
            fork.children = new Node[] {child};
            children[place] = fork;
            return fork;
        }
    }

    /** Takes routes in ascending order. */
    static final class Builder {

        private final Map<String, int[]> exact = new HashMap<>();
        private final Node prefixes = new Node("");
        private boolean empty = true;

        /** Whether it was given no route. */
        boolean isEmpty() {
            return empty;
        }

        void exact(String path, int route) {
            empty = false;
            exact.put(path, append(exact.getOrDefault(path, NO_ROUTES), route));
        }

        /**
         * @param whole whether only whole segments will do
         */
        void prefix(String prefix, boolean whole, int route) {
            empty = false;
            Node node = prefixes;
            int position = 0;
            while (position < prefix.length()) {
                int place = node.place(prefix.charAt(position));
                if (place < 0) {
                    Node leaf = new Node(prefix.substring(position));
                    node.insert(-1 - place, leaf);
                    node = leaf;
                } else {
                    String label = node.children[place].label;
                    int common = common(label, prefix, position);
                    node =
                            common == label.length()
                                    ? node.children[place]
                                    : node.split(place, common);
                }
                position += node.label.length();
            }
            if (whole) {
                node.separated = append(node.separated, route);
            } else {
                node.routes = append(node.routes, route);
            }
        }

        PathIndex build() {
            return new PathIndex(this);
        }

        private static int common(String label, String prefix, int position) {
            int limit = Math.min(label.length(), prefix.length() - position);
            int common = 0;
            while (common < limit && label.charAt(common) == prefix.charAt(position + common)) {
                common++;
            }
            return common;
        }

        static int[] append(int[] routes, int route) {
            int[] more = Arrays.copyOf(routes, routes.length + 1);
            more[routes.length] = route;
            return more;
        }
    }
}
