package dev.wick.model;

/** When a request is sent again. */
public record RetryRules() {

    /** What holds where a document says nothing. */
    public static final RetryRules DEFAULT = new RetryRules();
}
