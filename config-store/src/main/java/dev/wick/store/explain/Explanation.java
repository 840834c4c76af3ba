package dev.wick.store.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance that knows all of a revision would do with a request.
 *
 * @param domain that matched the host; null: none, and so is what follows
 * @param route the index of the route that matched; null: none
 * @param action for people, as {@code forward to cluster hello}
 * @param clusters among which it is split, by name
 * @param endpoints of those clusters, as {@code 127.0.0.1:9000}
 * @param steps how it came to that, in order
 */
public record Explanation(
        String epoch,
        long revision,
        @Nullable String listener,
        String chain,
        @Nullable String domain,
        @Nullable String virtualHost,
        @Nullable Integer route,
        @Nullable String routeName,
        String action,
        List<String> clusters,
        List<String> endpoints,
        List<String> steps) {}
