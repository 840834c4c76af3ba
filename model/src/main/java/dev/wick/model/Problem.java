package dev.wick.model;

/**
 * One thing that is wrong with a document, for whoever wrote it.
 *
 * @param document which: {@code VirtualHost/hello}, or its place in a file where kind or name are
 *     unknown
 * @param field path within the document, as {@code routes[2].match.path.regex}; empty for the
 *     document itself
 * @param value what stands there, shortened to 200 characters; empty where nothing does
 * @param expected what would be right, as {@code 1-65535}
 */
public record Problem(String document, String field, String value, String expected) {

    private static final int SHOWN = 200;
    private static final String ESCAPE = "\\u";

    /**
     * As {@code VirtualHost/hello routes[0].match.path.regex: "(" (expected: RE2 syntax: missing
     * closing ))}.
     */
    @Override
    public String toString() {
        String at = field.isEmpty() ? document : document + " " + field;
        return at + ": " + (value.isEmpty() ? "missing" : value) + " (expected: " + expected + ")";
    }

    /** A text as a problem's value: quoted, on one line, shortened to 200 characters. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN) + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            if (shown.length() >= SHOWN - 4) {
                return shown.append("...\"").toString();
            }
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                shown.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                shown.append(ESCAPE).append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                shown.append(c);
            }
        }
        return shown.append('"').toString();
    }
}
