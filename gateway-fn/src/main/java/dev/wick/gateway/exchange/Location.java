package dev.wick.gateway.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads: an absolute URL, as Envoy asks of those that it follows.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host, and port where there is one; without user information
 * @param path path and query, at least {@code /}; a query alone is no path, and no route takes it
 */
record Location(String scheme, String authority, String path) {

    /** Null where the text is no absolute URL of http or https. */
    static @Nullable Location of(String text) {
        String scheme = begins(text, "http://") ? "http" : begins(text, "https://") ? "https" : "";
        if (scheme.isEmpty()) {
            return null;
        }
        int start = scheme.length() + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String named = text.substring(start, end);
        String authority = named.substring(named.indexOf('@') + 1);
        int fragment = text.indexOf('#', end);
        String path = fragment < 0 ? text.substring(end) : text.substring(end, fragment);
        if (path.isEmpty()) {
            path = "/";
        }
        boolean good = HostKey.isName(authority) && isVisible(named) && isVisible(path);
        return good && authority.indexOf('@') < 0 ? new Location(scheme, authority, path) : null;
    }

    private static boolean begins(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    boolean hasPath() {
        return path.startsWith("/");
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
