package dev.wick.route;

import dev.wick.format.Facts;
import dev.wick.format.Format;
import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/** One header that is added or set, whose value or fate may depend on the request. Immutable. */
public final class HeaderChange {

    /** Where there is no header of the name, and where there is. */
    public enum Action {
        APPEND_IF_EXISTS_OR_ADD,
        ADD_IF_ABSENT,
        OVERWRITE_IF_EXISTS_OR_ADD,
        OVERWRITE_IF_EXISTS
    }

    private final String name;
    private final Format value;
    private final Action action;
    private final boolean keepEmpty;

    /**
     * @param name in lower case
     * @param value its literals are octets
     * @param keepEmpty whether an empty value makes a header too
     */
    public HeaderChange(String name, Format value, Action action, boolean keepEmpty) {
        this.name = name;
        this.value = value;
        this.action = action;
        this.keepEmpty = keepEmpty;
    }

    String name() {
        return name;
    }

    boolean overwrites() {
        return action == Action.OVERWRITE_IF_EXISTS_OR_ADD || action == Action.OVERWRITE_IF_EXISTS;
    }

    /** The value that is to be added or set; null: none is. */
    @Nullable String value(Headers headers, Facts facts) {
        boolean unwanted =
                switch (action) {
                    case APPEND_IF_EXISTS_OR_ADD, OVERWRITE_IF_EXISTS_OR_ADD -> false;
                    case ADD_IF_ABSENT -> headers.contains(name);
                    case OVERWRITE_IF_EXISTS -> !headers.contains(name);
                };
        if (unwanted) {
            return null;
        }
        String text = fieldValue(value.text(facts));
        return text.isEmpty() && !keepEmpty ? null : text;
    }

    /** What may come from an environment variable or a time format is not yet a field's value. */
    private static String fieldValue(String text) {
        boolean good = true;
        for (int i = 0; i < text.length(); i++) {
            good &= mayStand(text.charAt(i));
        }
        if (good) {
            boolean padded = !text.isEmpty() && (text.charAt(0) <= ' ' || text.endsWith(" "));
            return padded ? text.strip() : text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(mayStand(c) ? c : ' ');
        }
        return safe.toString().strip();
    }

    /** No control character, and no more than an octet: of others only the lower half is sent. */
    private static boolean mayStand(char c) {
        return (c >= ' ' || c == '\t') && c != 0x7f && c <= 0xff;
    }
}
