package dev.wick.model;

/**
 * One thing that is wrong with a document, for whoever wrote it.
 *
 * @param document which: {@code VirtualHost/hello}, or its place in a file where kind or name are unknown
 * @param field path within the document, as {@code routes[2].match.path.regex}; empty for the document itself
 * @param value what stands there, shortened to 200 characters; empty where nothing does
 * @param expected what would be right, as {@code 1-65535}
 */
public record Problem(String document, String field, String value, String expected) {

    /** As {@code VirtualHost/hello routes[0].match.path.regex: "(" (expected: RE2 syntax: missing closing ))}. */
    @Override
    public String toString() {
        String at = field.isEmpty() ? document : document + " " + field;
        return at + ": " + value + " (expected: " + expected + ")";
    }
}
