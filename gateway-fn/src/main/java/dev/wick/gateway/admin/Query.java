package dev.wick.gateway.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query of a request. */
final class Query {

    private Query() {}

    /** Whether a name stands there, with a value or without. */
    static boolean has(String query, String name) {
        return find(query, name) != null;
    }

    /** The first value of a name, empty where it has none; or null. */
    static @Nullable String value(String query, String name) {
        String pair = find(query, name);
        if (pair == null || pair.equals(name)) {
            return pair == null ? null : "";
        }
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
    }

    private static @Nullable String find(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.equals(name) || pair.startsWith(name + "=")) {
                return pair;
            }
        }
        return null;
    }
}
