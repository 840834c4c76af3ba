package dev.wick.gateway.draw;

import dev.wick.gateway.feed.Part;
import dev.wick.model.Problem;
import java.util.ArrayList;
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
        List<Entry> endpoints,
        List<Problem> problems) {

    /** On the loop of all these. */
    static Dump of(
            Standing standing,
            boolean connected,
            List<Part> listenerSet,
            Documents documents,
            List<Problem> problems) {
        List<Entry> listeners = new ArrayList<>();
        for (Part part : listenerSet) {
            listeners.add(
                    new Entry(
                            part.key().name(),
                            standing.told(),
                            part.json(),
                            part.json(),
                            List.of()));
        }
        List<Entry> hosts = new ArrayList<>();
        for (HeldVirtualHost held : documents.virtualHosts()) {
            if (!held.isDocument()) {
                continue;
            }
            List<String> names = new ArrayList<>();
            held.names.forEach(name -> names.add(name.name.toString()));
            names.sort(null);
            hosts.add(entry(held, held.servedJson(), names));
        }
        List<Entry> clusters = new ArrayList<>();
        for (HeldCluster held : documents.clusters()) {
            clusters.add(entry(held, held.goodJson(), List.of()));
        }
        List<Entry> endpoints = new ArrayList<>();
        for (HeldEndpoints held : documents.endpoints()) {
            endpoints.add(entry(held, held.goodJson(), List.of()));
        }
        return new Dump(
                standing.epoch(),
                standing.told(),
                connected,
                listeners,
                hosts,
                clusters,
                endpoints,
                problems);
    }

    private static Entry entry(HeldDocument<?> held, byte @Nullable [] served, List<String> names) {
        return new Entry(held.key().name(), held.asOf(), held.newest(), served, names);
    }

    /**
     * One document.
     *
     * @param revision as of which it is known to be the newest
     * @param json as the store said; null where it was deleted since
     * @param served what is served in its place: the same, an older one, or null where none ever
     *     could be
     * @param hosts names that it serves; only of virtual hosts
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Entry(
            String name,
            long revision,
            byte @Nullable [] json,
            byte @Nullable [] served,
            List<String> hosts) {}
}
