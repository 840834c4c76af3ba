package dev.wick.model;

import java.util.List;

/**
 * Changes to a head, made in the order remove, set, add.
 *
 * @param add appended to what is there
 * @param set replaces what is there
 * @param remove names; case does not matter
 */
public record HeaderMutations(List<HeaderValue> add, List<HeaderValue> set, List<String> remove) {

    public static final HeaderMutations NONE = new HeaderMutations(List.of(), List.of(), List.of());

    public HeaderMutations {
        add = List.copyOf(add);
        set = List.copyOf(set);
        remove = List.copyOf(remove);
    }

    /** A literal value; {@code %} is kept for format operators and is written {@code %%}. */
    public record HeaderValue(String name, String value) {

        /** The value as it is sent: {@code %} for {@code %%}. */
        public String literal() {
            return value.indexOf('%') < 0 ? value : value.replace("%%", "%");
        }
    }
}
