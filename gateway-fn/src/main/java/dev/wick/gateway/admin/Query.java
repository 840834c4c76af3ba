package dev.wick.gateway.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /**
     * The format that is asked for: the first of those that there are, where none is.
     *
     * @throws QueryException where it is none of them
     */
    static String format(String query, String... known) {
        String format = value(query, "format");
        if (format != null && !List.of(known).contains(format)) {
            throw new QueryException(
                    "format: " + format + " (expected: " + String.join(" or ", known) + ")");
        }
        return format == null ? known[0] : format;
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
