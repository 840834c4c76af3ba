package dev.wick.gateway.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads: an absolute URL, as Envoy asks of those that it follows.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host, and port where there is one
 * @param path path and query, at least {@code /}
 */
record Location(String scheme, String authority, String path) {

    /** Null where the text is no absolute URL of http or https. */
    static @Nullable Location of(String text) {
        String scheme =
                text.startsWith("http://") ? "http" : text.startsWith("https://") ? "https" : "";
        if (scheme.isEmpty()) {
            return null;
        }
        int start = scheme.length() + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(start, end);
        int fragment = text.indexOf('#', end);
        String path = fragment < 0 ? text.substring(end) : text.substring(end, fragment);
        if (!path.startsWith("/")) {
            path = '/' + path;
        }
        boolean good = HostKey.isName(authority) && isVisible(authority) && isVisible(path);
        return good && authority.indexOf('@') < 0 ? new Location(scheme, authority, path) : null;
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
