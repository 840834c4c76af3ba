package dev.wick.store.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where the next page begins: after a name, as of a revision. */
record Cursor(long revision, String name) {

    /** How long a revision is kept readable for the next page. */
    static final Duration LASTS = Duration.ofSeconds(60);

    String text() {
        byte[] bytes = (revision + " " + name).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static @Nullable Cursor parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                            .split(" ", 2);
            if (parts.length == 2) {
                return new Cursor(Long.parseLong(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the message that says what was expected.
        }
        throw Problems.parameter("cursor", text, "the next of an earlier page");
    }
}
