package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * When requests of a virtual host are sent again, where their route does not say.
 *
 * @param retryPolicy null: never
 * @param hedgePolicy null: no hedging
 * @param includeRequestAttemptCount whether hosts are told {@code x-envoy-attempt-count}; default
 *     false
 * @param includeAttemptCountInResponse whether clients are; default false
 * @param includeIsTimeoutRetryHeader whether hosts are told {@code x-envoy-is-timeout-retry} with a
 *     retry; default false
 * @param requestBodyBufferLimit how many bytes of a request's body are kept to be sent again; null:
 *     1 MiB
 */
public record HostRetries(
        @Nullable RetryPolicy retryPolicy,
        @Nullable HedgePolicy hedgePolicy,
        boolean includeRequestAttemptCount,
        boolean includeAttemptCountInResponse,
        boolean includeIsTimeoutRetryHeader,
        @Nullable Long requestBodyBufferLimit) {

    /** What holds where a document says nothing. */
    public static final HostRetries DEFAULT =
            new HostRetries(null, null, false, false, false, null);
}
