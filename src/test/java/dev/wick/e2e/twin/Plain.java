package dev.wick.e2e.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of what was seen what differs from one request, or one process, to the next. */
final class Plain {

    private static final Map<Pattern, String> CHANGING = new LinkedHashMap<>();

    static {
        change("(?mi)^(  date: ).*", "$1...");
        change("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID");
        change("(?mi)^(  x-envoy-upstream-service-time: )\\d+$", "$1...");
        change("(?mi)^(  server: )(envoy|wick)$", "$1...");
        // For a client on loopback, Envoy puts an address of the machine's own.
        change("(?mi)^(  x-forwarded-for: (?:.*,)?)[0-9.]+$", "$1client");
        // Envoy adds what the kernel said, in words of its own.
        change("(remote connection failure).*", "$1");
    }

    private Plain() {}

    private static void change(String pattern, String replacement) {
        CHANGING.put(Pattern.compile(pattern), replacement);
    }

    static String text(String seen) {
        String text = seen;
        for (Map.Entry<Pattern, String> one : CHANGING.entrySet()) {
            text = one.getKey().matcher(text).replaceAll(one.getValue());
        }
        return text;
    }
}
