package dev.wick.route;

import org.jspecify.annotations.Nullable;

/**
 * How a route's requests are sent again, and what is told about it; compiled from the route and its
 * virtual host.
 */
public final class Retries {

    /** Envoy's buffer limit of a connection. */
    public static final long DEFAULT_BUFFER = 1 << 20;

    /** Told in headers: bits of {@link #told}. */
    public static final int COUNT_IN_REQUEST = 1;

    public static final int COUNT_IN_RESPONSE = 1 << 1;
    public static final int TIMEOUT_RETRY = 1 << 2;

    /** Never again, and nobody is told anything. */
    public static final Retries NONE = new Retries(null, false, 0, DEFAULT_BUFFER);

    private final @Nullable RetryPolicy policy;
    private final boolean hedges;
    private final int told;
    private final long bufferLimit;

    /**
     * @param policy null: none
     * @param hedges whether a try that takes longer than it may goes on beside the next
     * @param bufferLimit bytes of a request's body that are kept
     */
    public Retries(@Nullable RetryPolicy policy, boolean hedges, int told, long bufferLimit) {
        this.policy = policy;
        this.hedges = hedges;
        this.told = told;
        this.bufferLimit = bufferLimit;
    }

    public @Nullable RetryPolicy policy() {
        return policy;
    }

    public boolean hedges() {
        return hedges;
    }

    /** Whether this is told in a header. */
    public boolean tells(int what) {
        return (told & what) != 0;
    }

    public long bufferLimit() {
        return bufferLimit;
    }
}
