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

    /** What holds for a route that says this within a virtual host that says that. */
    public RetryRules within(HostRetries host) {
        if (host.retryPolicy() == null
                && host.hedgePolicy() == null
                && host.requestBodyBufferLimit() == null) {
            return this;
        }
        return new RetryRules(
                retryPolicy == null ? host.retryPolicy() : retryPolicy,
                hedgePolicy == null ? host.hedgePolicy() : hedgePolicy,
                requestBodyBufferLimit == null
                        ? host.requestBodyBufferLimit()
                        : requestBodyBufferLimit);
    }
}
