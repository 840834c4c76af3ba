package dev.wick.route;

import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/** The cookies of a request, in one field or several. */
public final class Cookies {

    private Cookies() {}

    /**
     * The value of the first cookie of a name, without the quotes around it, or null where there is
     * none.
     */
    public static @Nullable String value(Headers headers, String name) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals("cookie")) {
                String value = value(headers.value(i), name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private static @Nullable String value(String field, String name) {
        int at = 0;
        while (at < field.length()) {
            int end = field.indexOf(';', at);
            end = end < 0 ? field.length() : end;
            int start = skipSpace(field, at, end);
            int equals = start + name.length();
            if (equals < end && field.charAt(equals) == '=' && field.startsWith(name, start)) {
                return unquoted(field, equals + 1, end);
            }
            at = end + 1;
        }
        return null;
    }

    private static int skipSpace(String text, int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static String unquoted(String text, int from, int to) {
        boolean quoted = to - from >= 2 && text.charAt(from) == '"' && text.charAt(to - 1) == '"';
        return quoted ? text.substring(from + 1, to - 1) : text.substring(from, to);
    }
}
