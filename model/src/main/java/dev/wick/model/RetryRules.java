package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * When a request is sent again.
 *
 * @param retryPolicy null: the virtual host's; replaces that as a whole
 * @param hedgePolicy null: the virtual host's
 * @param requestBodyBufferLimit how many bytes of a request's body are kept to be sent again; null:
 *     the virtual host's
 */
public record RetryRules(
        @Nullable RetryPolicy retryPolicy,
        @Nullable HedgePolicy hedgePolicy,
        @Nullable Long requestBodyBufferLimit) {

    /** What holds where a document says nothing. */
    public static final RetryRules DEFAULT = new RetryRules(null, null, null);
}
