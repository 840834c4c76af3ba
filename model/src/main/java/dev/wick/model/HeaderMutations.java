package dev.wick.model;

import java.util.List;

/**
 * Changes to a head, made in the order remove, set, add. All values are made before the first is
 * set.
 *
 * @param add appended to what is there, unless an action says otherwise
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

    /** Whether nothing is changed. */
    public boolean isEmpty() {
        return add.isEmpty() && set.isEmpty() && remove.isEmpty();
    }

    /**
     * A header.
     *
     * @param value text with Envoy's substitution commands, as {@code %PROTOCOL%}; {@code %%} is a
     *     percent sign
     * @param appendAction what happens where the header is there already; default {@code
     *     APPEND_IF_EXISTS_OR_ADD} under add, {@code OVERWRITE_IF_EXISTS_OR_ADD} under set
     * @param keepEmptyValue whether the header is added where its value is empty; default false
     */
    public record HeaderValue(
            String name, String value, AppendAction appendAction, boolean keepEmptyValue) {

        /** Appended, unless empty. */
        public static HeaderValue added(String name, String value) {
            return new HeaderValue(name, value, AppendAction.APPEND_IF_EXISTS_OR_ADD, false);
        }

        /** In the place of what is there, unless empty. */
        public static HeaderValue set(String name, String value) {
            return new HeaderValue(name, value, AppendAction.OVERWRITE_IF_EXISTS_OR_ADD, false);
        }
    }

    /** What happens where a header is there already, and where not; Envoy's names. */
    public enum AppendAction {
        APPEND_IF_EXISTS_OR_ADD,
        ADD_IF_ABSENT,
        OVERWRITE_IF_EXISTS_OR_ADD,
        OVERWRITE_IF_EXISTS;

        /** Whether what is there is replaced. */
        public boolean overwrites() {
            return this == OVERWRITE_IF_EXISTS_OR_ADD || this == OVERWRITE_IF_EXISTS;
        }
    }
}
