package dev.wick.route;

import dev.wick.http.Headers;

/** How Envoy puts headers among those that are there. */
final class Fields {

    private Fields() {}

    /** Leaves exactly one field of that name, at the end. */
    static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value);
    }

    /** Appends a field; to one that Envoy keeps in one field, its value, behind a comma. */
    static void add(Headers headers, String name, String value) {
        String before = isOne(name) ? headers.get(name) : null;
        if (before == null) {
            headers.add(name, value);
        } else {
            headers.set(name, before + ',' + value);
        }
    }

    private static boolean isOne(String name) {
        return switch (name) {
            case "accept",
                    "accept-encoding",
                    "authorization",
                    "cache-control",
                    "content-encoding",
                    "content-type",
                    "etag",
                    "expect",
                    "grpc-timeout",
                    "origin",
                    "user-agent",
                    "vary",
                    "via",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-port",
                    "x-forwarded-proto",
                    "x-request-id" ->
                    true;
            default -> false;
        };
    }
}
