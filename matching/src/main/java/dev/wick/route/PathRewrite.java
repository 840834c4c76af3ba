package dev.wick.route;

import org.jspecify.annotations.Nullable;

/**
 * Puts something else in the place of what a route's path condition matched, and keeps the rest,
 * query included.
 */
public final class PathRewrite {

    private final PathCondition matched;
    private final @Nullable String replacement;

    /**
     * @param replacement null: every path stays as it is
     */
    public PathRewrite(PathCondition matched, @Nullable String replacement) {
        this.matched = matched;
        this.replacement = replacement;
    }

    /**
     * The new request target, or the same object where nothing is to be replaced. The condition
     * must hold for it.
     */
    String apply(String target) {
        return replacement == null
                ? target
                : replacement.concat(target.substring(matched.matched(PathCondition.end(target))));
    }
}
