package dev.wick.store.admit;

import org.jspecify.annotations.Nullable;

/**
 * Who wants a change, and on what conditions.
 *
 * @param author as {@code admin/3f2a91c04b7d}
 * @param comment for people; may be empty
 * @param requestId what the client calls this wish, so that it is fulfilled once however often it
 *     is sent; null: nothing
 * @param dryRun whether only the plan is wanted
 * @param seesSecretsUnchanged whether a plan may say that a secret stays what it is; else each one
 *     counts as changed, so that nobody finds one out by guessing
 */
public record Wish(
        String gateway,
        Precondition precondition,
        String author,
        String comment,
        @Nullable String requestId,
        boolean dryRun,
        boolean seesSecretsUnchanged) {}
