package dev.wick.gateway.snapshot;

import dev.wick.route.HeaderChanges;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does to all requests and answers. Immutable; shared by all loops. Equal to what
 * was made of an equal document.
 */
public final class PolicySettings {

    /** Nothing. */
    public static final PolicySettings NONE =
            new PolicySettings("", HeaderChanges.NONE, HeaderChanges.NONE, false, null, null, null);

    private final Object source;
    private final HeaderChanges request;
    private final HeaderChanges response;
    private final boolean mostSpecificWins;
    private final @Nullable ReplySettings replies;
    private final ReplySettings.@Nullable Body logFormat;
    private final @Nullable ConcurrencySettings concurrency;

    /**
     * @param source what it was made of
     * @param request changes to requests
     * @param response changes to responses
     * @param mostSpecificWins whether the changes are made before the virtual host's, and those
     *     before the route's
     * @param replies what becomes of answers from here; null: nothing
     * @param logFormat how a line of the access log is written; null: as by default
     * @param concurrency how many requests may run at once; null: any number
     */
    public PolicySettings(
            Object source,
            HeaderChanges request,
            HeaderChanges response,
            boolean mostSpecificWins,
            @Nullable ReplySettings replies,
            ReplySettings.@Nullable Body logFormat,
            @Nullable ConcurrencySettings concurrency) {
        this.concurrency = concurrency;
        this.logFormat = logFormat;
        this.source = source;
        this.request = request;
        this.response = response;
        this.mostSpecificWins = mostSpecificWins;
        this.replies = replies;
    }

    public HeaderChanges request() {
        return request;
    }

    public HeaderChanges response() {
        return response;
    }

    public boolean mostSpecificWins() {
        return mostSpecificWins;
    }

    /** Null: answers from here stay as they are. */
    public @Nullable ReplySettings replies() {
        return replies;
    }

    /** Null: as by default. */
    public ReplySettings.@Nullable Body logFormat() {
        return logFormat;
    }

    /** Null: any number of requests may run at once. */
    public @Nullable ConcurrencySettings concurrency() {
        return concurrency;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicySettings same && source.equals(same.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
