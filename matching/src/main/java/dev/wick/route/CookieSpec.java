package dev.wick.route;

import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/** A cookie that is read, and may be given to the client. Immutable. */
public final class CookieSpec {

    private final String name;
    private final long ttlSeconds;
    private final String path;
    private final String end;

    /**
     * @param ttlSeconds -1: none; 0: until the client's session ends
     * @param path empty: none
     * @param attributes as {@code SameSite=Lax}
     */
    public CookieSpec(String name, long ttlSeconds, String path, String... attributes) {
        this.name = name;
        this.ttlSeconds = ttlSeconds;
        this.path = path;
        StringBuilder text = new StringBuilder();
        if (ttlSeconds > 0) {
            text.append("; Max-Age=").append(ttlSeconds);
        }
        if (!path.isEmpty()) {
            text.append("; Path=").append(path);
        }
        for (String attribute : attributes) {
            text.append("; ").append(attribute);
        }
        this.end = text.append("; HttpOnly").toString();
    }

    /** -1: none. */
    public long ttlSeconds() {
        return ttlSeconds;
    }

    /** Whether a client that keeps to its path would send it along. */
    boolean isSentTo(String requested) {
        if (path.isEmpty() || path.equals("/")) {
            return true;
        }
        if (!requested.startsWith(path)) {
            return false;
        }
        return path.endsWith("/")
                || requested.length() == path.length()
                || "/?#".indexOf(requested.charAt(path.length())) >= 0;
    }

    /** The first value that the request has, without quotes; null where that is none or empty. */
    @Nullable String value(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals("cookie")) {
                String value = value(headers.value(i));
                if (value != null) {
                    return value.isEmpty() ? null : value;
                }
            }
        }
        return null;
    }

    private @Nullable String value(String cookies) {
        int start = 0;
        while (start < cookies.length()) {
            int end = cookies.indexOf(';', start);
            end = end < 0 ? cookies.length() : end;
            while (start < end && cookies.charAt(start) == ' ') {
                start++;
            }
            int equals = start + name.length();
            if (equals < end && cookies.startsWith(name, start) && cookies.charAt(equals) == '=') {
                return unquoted(cookies.substring(equals + 1, end).strip());
            }
            start = end + 1;
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** As {@code name="value"; Max-Age=60; Path=/p; HttpOnly}. */
    String set(String value) {
        return name + "=\"" + value + '"' + end;
    }
}
