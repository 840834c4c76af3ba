package dev.wick.entry;

import org.jspecify.annotations.Nullable;

/**
 * The normal form of a path, as Envoy's canonicalizer has it: unreserved characters are unescaped,
 * what may not stand in a path is escaped, backslashes are slashes, {@code .} and {@code ..} are
 * resolved. Escapes of reserved characters stay as they are, and so do those that are none.
 *
 * <p>Before all that, {@code .} and {@code ..} lose what a semicolon begins behind them: a host
 * that takes parameters of segments reads {@code /..;x/} as {@code /../}. This is about segments as
 * they are sent, between slashes and with nothing unescaped.
 */
final class CanonicalPath {

    private static final String HEX = "0123456789ABCDEF";

    /** Unreserved characters of RFC 3986: they mean the same escaped or not. */
    private static final boolean[] UNRESERVED = new boolean[256];

    /** May stand in a path as they are. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (char c : (letters + "0123456789-._~").toCharArray()) {
            UNRESERVED[c] = true;
            PLAIN[c] = true;
        }
        for (char c : "!$&'()*+,/:;=@[]".toCharArray()) {
            PLAIN[c] = true;
        }
    }

    private final String path;
    private final StringBuilder out;

    private CanonicalPath(String path) {
        this.path = path;
        this.out = new StringBuilder(path.length() + 8);
    }

    /** Whether a character means nothing but itself, slashes and dots aside. */
    static boolean isPlain(int c) {
        return PLAIN[c];
    }

    /**
     * Null for a path that has none: one with an escaped NUL.
     *
     * @param path without a query
     */
    static @Nullable String of(String path) {
        return new CanonicalPath(path.contains(".;") ? withBareDots(path) : path).read();
    }

    private static String withBareDots(String path) {
        StringBuilder text = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash + 1;
            int dots = path.startsWith(".;", start) ? 1 : path.startsWith("..;", start) ? 2 : 0;
            if (dots == 0) {
                text.append(path, start, end);
            } else {
                text.append(path, start, start + dots).append(slash < 0 ? "" : "/");
            }
            start = end;
        }
        return text.toString();
    }

    private @Nullable String read() {
        if (path.isEmpty() || !isSlash(0)) {
            out.append('/');
        }
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            int dot = dot(i);
            if (dot > 0) {
                i = afterDot(i, dot);
            } else if (c == '%') {
                int value = escaped(i);
                if (value == 0) {
                    return null;
                }
                i = escape(i, value);
            } else {
                other(c);
                i++;
            }
        }
        return out.toString();
    }

    private boolean isSlash(int at) {
        return path.charAt(at) == '/' || path.charAt(at) == '\\';
    }

    /** The length of the dot that stands there: 1, 3 where it is escaped, 0 where there is none. */
    private int dot(int at) {
        if (at < path.length() && path.charAt(at) == '.') {
            return 1;
        }
        return path.startsWith("%2e", at) || path.startsWith("%2E", at) ? 3 : 0;
    }

    /** Reads a dot of so many characters, and what belongs to it; returns where it ends. */
    private int afterDot(int at, int length) {
        int next = at + length;
        if (out.isEmpty() || out.charAt(out.length() - 1) != '/') {
            out.append('.');
            return next;
        }
        if (next == path.length() || isSlash(next)) {
            return Math.min(next + 1, path.length());
        }
        int second = dot(next);
        int end = next + second;
        if (second > 0 && (end == path.length() || isSlash(end))) {
            up();
            return Math.min(end + 1, path.length());
        }
        out.append('.');
        return next;
    }

    private void up() {
        int last = out.length() - 1;
        if (last > 0) {
            out.setLength(out.lastIndexOf("/", last - 1) + 1);
        }
    }

    /** The octet of an escape, or -1 where it is none. */
    private int escaped(int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    private int escape(int at, int value) {
        if (value < 0) {
            out.append('%');
            return at + 1;
        }
        if (UNRESERVED[value]) {
            out.append((char) value);
        } else {
            out.append(path, at, at + 3);
        }
        return at + 3;
    }

    private void other(char c) {
        if (c == '\\') {
            out.append('/');
        } else if (PLAIN[c & 0xff]) {
            out.append(c);
        } else {
            out.append('%').append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
        }
    }
}
