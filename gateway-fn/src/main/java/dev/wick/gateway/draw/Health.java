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
                                    found.ageMillis()));
        }
        running.heard(heard);
    }

    /** Its clusters are made. */
    void forget(Slice slice) {
        if (!slice.health().isEmpty()) {
            running.heard(Map.of());
        }
    }

    /** What was found from here. */
    List<HostHealth> found() {
        List<HostHealth> found = new ArrayList<>();
        for (Cluster cluster : running.all()) {
            for (dev.wick.gateway.upstream.HostHealth health : cluster.foundHealth()) {
                if (found.size() == MOST) {
                    return found;
                }
                found.add(
                        new HostHealth(
                                cluster.name(),
                                health.address(),
                                health.failedCheck(),
                                health.ejected(),
                                health.ageMillis()));
            }
        }
        return found;
    }
}
