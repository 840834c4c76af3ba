package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.upstream.EndpointsSettings;

/** Hosts that are held for the clusters that name them. Confined to the loop of its Holdings. */
final class HeldEndpoints extends HeldDocument<EndpointsSettings> {

    private final Workshop workshop;

    HeldEndpoints(DocumentKey key, Workshop workshop) {
        super(key);
        this.workshop = workshop;
    }

    @Override
    Built<EndpointsSettings> build(Part part) {
        return workshop.endpoints(part);
    }
}
