package dev.wick.store.revision;

import org.jspecify.annotations.Nullable;

/**
 * A revision of one gateway: {@code number} is 1, 2, 3, ... without gaps (0: nothing was ever
 * committed), {@code epoch} the random id of the data folder that counted it. Revisions of
 * different epochs cannot be compared.
 */
public record Revision(String epoch, long number) {

    public Revision {
        if (epoch.isEmpty() || epoch.indexOf('.') >= 0 || number < 0) {
            throw new IllegalArgumentException(
                    "revision: " + epoch + "." + number + " (expected: epoch.n)");
        }
    }

    /**
     * The text of {@code "epoch.n"}, with or without quotes and {@code W/}; null when it is none.
     */
    public static @Nullable Revision parse(String etag) {
        String text = etag.startsWith("W/") ? etag.substring(2) : etag;
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int dot = text.indexOf('.');
        if (dot < 1 || dot + 1 >= text.length() || text.length() - dot > 19) {
            return null;
        }
        for (int i = dot + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return new Revision(text.substring(0, dot), Long.parseLong(text.substring(dot + 1)));
    }

    /** As an ETag: {@code "epoch.n"}, quotes included. */
    public String etag() {
        return '"' + epoch + '.' + number + '"';
    }
}
