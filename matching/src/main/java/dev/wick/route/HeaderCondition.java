package dev.wick.route;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a header, a pseudo header included: one at least must pass the test, or none where
 * it is inverted.
 */
final class HeaderCondition extends Condition {

    private final String name;
    private final @Nullable Function<RequestHead, @Nullable String> pseudo;
    private final ValueTest test;
    private final boolean invert;
    private final boolean missingAsEmpty;

    HeaderCondition(String name, ValueTest test, boolean invert, boolean missingAsEmpty) {
        this.name = name;
        this.pseudo = pseudo(name);
        this.test = test;
        this.invert = invert;
        this.missingAsEmpty = missingAsEmpty;
    }

    private static @Nullable Function<RequestHead, @Nullable String> pseudo(String name) {
        return switch (name) {
            case "host", ":authority" -> head -> unlessEmpty(head.authority());
            case ":method" -> RequestHead::method;
            case ":scheme" -> RequestHead::scheme;
            case ":path" -> head -> unlessEmpty(head.path());
            default -> null;
        };
    }

    /** A head without an authority (HTTP/1.0) or a path (CONNECT) has an empty one. */
    private static @Nullable String unlessEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    /** The first value of a header, a pseudo header included, or null where there is none. */
    static @Nullable String first(String name, RequestHead head) {
        Function<RequestHead, @Nullable String> known = pseudo(name);
        return known == null ? head.headers().get(name) : known.apply(head);
    }

    @Override
    boolean holds(RequestHead head) {
        if (pseudo != null) {
            return holdsFor(pseudo.apply(head));
        }
        Headers headers = head.headers();
        boolean there = false;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(name)) {
                there = true;
                String value = headers.value(i);
                if (test.holds(value, 0, value.length())) {
                    return !invert;
                }
            }
        }
        return there ? invert : holdsFor(null);
    }

    private boolean holdsFor(@Nullable String value) {
        return test.holds(value == null && missingAsEmpty ? "" : value, invert);
    }

    @Override
    String subject() {
        return "header " + name;
    }

    @Override
    @Nullable String value(RequestHead head) {
        return pseudo == null ? head.headers().joined(name) : pseudo.apply(head);
    }

    @Override
    String expected() {
        return test.expected(invert);
    }
}
