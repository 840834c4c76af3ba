package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.compile.Compiler;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.model.Document;
import org.jspecify.annotations.Nullable;

/** A cluster that is held. Confined to the loop of its {@link Holdings}. */
final class HeldCluster extends HeldDocument<ClusterSettings> {

    /** What runs; null until a virtual host sends to it. */
    @Nullable Cluster running;

    /** How many virtual hosts that are served send to it. */
    int users;

    HeldCluster(DocumentKey key) {
        super(key);
    }

    @Override
    Built<ClusterSettings> build(Document document) {
        return Compiler.cluster(document);
    }
}
