package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import org.jspecify.annotations.Nullable;

/** A cluster that is held. Confined to the loop of its {@link Holdings}. */
final class HeldCluster extends HeldDocument<ClusterSettings> {

    private final Workshop workshop;

    /** What runs; null until a virtual host sends to it. */
    @Nullable Cluster running;

    /** How many virtual hosts that are served send to it. */
    int users;

    /** The Endpoints that the last good one names; empty: none. */
    String endpointsName() {
        ClusterSettings good = good();
        return good == null ? "" : good.endpointsName();
    }

    HeldCluster(DocumentKey key, Workshop workshop) {
        super(key);
        this.workshop = workshop;
    }

    @Override
    Built<ClusterSettings> build(Part part) {
        return workshop.cluster(part);
    }
}
