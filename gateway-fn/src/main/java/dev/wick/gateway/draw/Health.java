package dev.wick.gateway.draw;

import dev.wick.gateway.feed.HostHealth;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.Clusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries what instances have found of hosts from one to the next, by the store. */
final class Health {

    /** A report has no more. */
    private static final int MOST = 1_000;

    private final Clusters running;

    Health(Clusters running) {
        this.running = running;
    }

    /** What the slice says, for the clusters that are made of it. */
    void hear(Slice slice) {
        if (slice.health().isEmpty()) {
            return;
        }
        Map<String, List<dev.wick.gateway.upstream.HostHealth>> heard = new HashMap<>();
        for (HostHealth found : slice.health()) {
            heard.computeIfAbsent(found.cluster(), cluster -> new ArrayList<>())
                    .add(
                            new dev.wick.gateway.upstream.HostHealth(
                                    found.address(),
                                    found.failedCheck(),
                                    found.ejected(),
                                    found.ageMillis(),
                                    found.leftMillis()));
        }
        running.heard(heard);
    }

    /** Its clusters are made. */
    void forget(Slice slice) {
        if (!slice.health().isEmpty()) {
            running.heard(Map.of());
        }
    }

    /** What was found from here; of what is too much, those hosts that are well go first. */
    List<HostHealth> found() {
        List<HostHealth> found = new ArrayList<>();
        List<HostHealth> well = new ArrayList<>();
        for (Cluster cluster : running.all()) {
            for (dev.wick.gateway.upstream.HostHealth health : cluster.foundHealth()) {
                List<HostHealth> among = health.unwell() ? found : well;
                if (among.size() < MOST) {
                    among.add(told(cluster.name(), health));
                }
            }
        }
        found.addAll(well.subList(0, Math.min(well.size(), MOST - found.size())));
        return found;
    }

    private static HostHealth told(String cluster, dev.wick.gateway.upstream.HostHealth health) {
        return new HostHealth(
                cluster,
                health.address(),
                health.failedCheck(),
                health.ejected(),
                health.ageMillis(),
                health.leftMillis());
    }
}
