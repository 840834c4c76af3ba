package dev.wick.store.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the bearer of a token may do. */
public enum Role {
    /** Everything but to read secrets. */
    ADMIN,
    /** Reads configuration, plans and explanations. */
    READER,
    /** Draws slices, secrets included, follows them, and reports. */
    INSTANCE;

    /** As in a token's document: {@code admin}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that is spelled so, or null. */
    public static @Nullable Role spelled(String spelling) {
        for (Role role : values()) {
            if (role.spelling().equals(spelling)) {
                return role;
            }
        }
        return null;
    }
}
