package dev.wick.store.rest;

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
}
