package dev.wick.entry;

/** What is made of {@code %2F} and {@code %5C} in a path; Envoy's words. */
public enum EscapedSlashes {
    KEEP_UNCHANGED,
    REJECT_REQUEST,
    UNESCAPE_AND_REDIRECT,
    UNESCAPE_AND_FORWARD
}
