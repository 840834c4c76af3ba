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
 * @param headerChanges what is done to headers, in the order in which it is done
 * @param settings all else that holds for the request, grouped by whose it is
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
        List<HeaderChange> headerChanges,
        List<Setting> settings,
        List<String> steps) {

    /**
     * One setting that holds for the request.
     *
     * @param of whose it is, as {@code Listener/http}, {@code VirtualHost/shop}, {@code route 2}
     *     (of that virtual host), {@code Cluster/web}
     * @param name as documents spell it, with dots and places between
     * @param value as documents write it, or words where nothing is written
     * @param from who says so: one that another {@code of} could be, {@code Endpoints/web}, {@code
     *     filter chain x} (of the listener), or {@code default}
     */
    public record Setting(String of, String name, String value, String from) {}

    /**
     * One change to the headers of a message.
     *
     * @param message {@code request} or {@code response}
     * @param action {@code REMOVE}, or Envoy's name of what happens to the header
     * @param value with its operators; null where it is removed
     * @param from who says so, as with settings; {@code route 2, to Cluster/web} where it holds for
     *     what goes to one of several clusters
     */
    public record HeaderChange(
            String message, String action, String name, @Nullable String value, String from) {}
}
