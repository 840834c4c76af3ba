package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests that a match selects.
 *
 * @param name for logs and explanations; null where it has none
 */
public record Route(
        @Nullable String name,
        RouteMatch match,
        RouteAction action,
        HeaderMutations requestHeaders,
        HeaderMutations responseHeaders) {}
