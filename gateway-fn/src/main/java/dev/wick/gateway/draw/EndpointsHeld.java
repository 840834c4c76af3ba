package dev.wick.gateway.draw;

import dev.wick.gateway.feed.Part;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Endpoints documents that are held. Confined to the loop of their {@link Holdings}. */
final class EndpointsHeld {

    private final Workshop workshop;
    private final HoldingsWatcher watcher;
    private final Map<String, HeldEndpoints> byName = new HashMap<>();

    /** Whether some may be held that no cluster names any more. */
    private boolean loose;

    EndpointsHeld(Workshop workshop, HoldingsWatcher watcher) {
        this.workshop = workshop;
        this.watcher = watcher;
    }

    Collection<HeldEndpoints> all() {
        return byName.values();
    }

    @Nullable HeldEndpoints find(String name) {
        return byName.get(name);
    }

    /** The held one of a part, made where there is none. */
    HeldEndpoints of(Part part) {
        return byName.computeIfAbsent(
                part.key().name(), name -> new HeldEndpoints(part.key(), workshop));
    }

    /** A cluster goes, or names others. */
    void loosen() {
        loose |= !byName.isEmpty();
    }

    /** Lets go of those that no cluster names. */
    void sweep(Collection<HeldCluster> clusters) {
        if (!loose) {
            return;
        }
        loose = false;
        Set<String> named = new HashSet<>();
        clusters.forEach(cluster -> named.add(cluster.endpointsName()));
        for (HeldEndpoints held : List.copyOf(byName.values())) {
            if (!named.contains(held.key().name())) {
                byName.remove(held.key().name());
                watcher.gone(held.key());
            }
        }
    }
}
