package dev.wick.route;

import org.jspecify.annotations.Nullable;

/**
 * One step of an explanation: a route that was tried.
 *
 * @param route its index
 * @param failure the first condition that did not hold, or null: it matched
 */
public record Step(int route, @Nullable String name, @Nullable Failure failure) {

    /**
     * A condition that did not hold. Its texts are octets, and are shown as the characters that
     * these are.
     *
     * @param subject as {@code path}, {@code method}, {@code header x-version}, {@code query
     *     parameter q}
     * @param value what is there, or null where nothing is
     * @param expected as {@code prefix "/api"}
     */
    public record Failure(String subject, @Nullable String value, String expected) {

        @Override
        public String toString() {
            String found = value == null ? "(none)" : "\"" + Characters.of(value) + "\"";
            return subject + ": " + found + " (expected: " + Characters.of(expected) + ")";
        }
    }

    public boolean matched() {
        return failure == null;
    }

    /**
     * As {@code route 2 (images): header x-version: "1" (expected: exact "2")}, or {@code route 2
     * (images): matched}.
     */
    @Override
    public String toString() {
        String who = "route " + route + (name == null ? "" : " (" + name + ")");
        return who + ": " + (failure == null ? "matched" : failure);
    }
}
