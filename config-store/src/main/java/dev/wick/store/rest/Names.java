package dev.wick.store.rest;

import dev.wick.store.revision.Key;

/** Names that callers give. */
final class Names {

    private static final int LONGEST = 200;

    private Names() {}

    /** The id of an instance: 1-200 printable ASCII characters without space. */
    static String instance(String id) {
        boolean fits = !id.isEmpty() && id.length() <= LONGEST;
        if (!fits || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problems.parameter("instance", id, "1-200 printable ASCII characters");
        }
        return id;
    }

    /** What names a document; whether there can be one of that name is left to the look-up. */
    static Key key(String kind, String name) {
        try {
            return new Key(kind, name);
        } catch (IllegalArgumentException e) {
            throw Problems.parameter("name", name, "1-253 characters of a-z A-Z 0-9 . _ -");
        }
    }
}
