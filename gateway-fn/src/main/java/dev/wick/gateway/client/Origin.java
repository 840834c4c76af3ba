package dev.wick.gateway.client;

/**
 * Where a client sends its requests.
 *
 * @param host a DNS name or an IP address, without brackets
 * @param prefix of every path; empty or as {@code /a}
 */
record Origin(String host, int port, String authority, String prefix) {

    private static final String SCHEME = "http://";
    private static final int DEFAULT_PORT = 80;

    static Origin parse(String url) {
        if (!url.startsWith(SCHEME)) {
            throw bad(url);
        }
        int slash = url.indexOf('/', SCHEME.length());
        String authority = url.substring(SCHEME.length(), slash < 0 ? url.length() : slash);
        String prefix = slash < 0 ? "" : url.substring(slash);
        if (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(url, authority.substring(colon + 1)) : DEFAULT_PORT;
        if (host.isEmpty()) {
            throw bad(url);
        }
        return new Origin(host, port, authority, prefix);
    }

    private static int port(String url, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw bad(url);
        }
        throw bad(url);
    }

    private static IllegalArgumentException bad(String url) {
        return new IllegalArgumentException(
                "url: " + url + " (expected: http://HOST[:PORT][/PREFIX])");
    }
}
