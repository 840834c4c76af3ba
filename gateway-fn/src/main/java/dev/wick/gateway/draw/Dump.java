package dev.wick.gateway.draw;

import dev.wick.model.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the instance holds, as it was at one moment.
 *
 * @param epoch of the store; empty before its first answer
 * @param revision that was last told of
 * @param connected whether the store tells of changes now
 */
public record Dump(
        String epoch,
        long revision,
        boolean connected,
        List<Entry> listeners,
        List<Entry> virtualHosts,
        List<Entry> clusters,
        List<Problem> problems) {

    /**
     * One document.
     *
     * @param revision as of which it is known to be the newest
     * @param json as the store said; null where it was deleted since
     * @param served what is served in its place: the same, an older one, or null where none ever
     *     could be
     * @param hosts names that it serves; only of virtual hosts
     */
    public record Entry(
            String name,
            long revision,
            byte @Nullable [] json,
            byte @Nullable [] served,
            List<String> hosts) {}
}
