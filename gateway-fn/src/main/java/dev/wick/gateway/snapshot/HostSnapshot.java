package dev.wick.gateway.snapshot;

import dev.wick.gateway.upstream.Cluster;
import dev.wick.route.RouteTable;

/**
 * What a request for one host meets, whole and immutable; clusters are shared by reference among
 * hosts.
 *
 * <p>A request takes it once, at the door, and reads through it to the end.
 */
public final class HostSnapshot {

    private final String domain;
    private final String virtualHost;
    private final long revision;
    private final RouteTable routes;
    private final Cluster[] clusters;

    /**
     * @param clusters in the order of {@link RouteTable#clusters()}
     */
    public HostSnapshot(
            String domain,
            String virtualHost,
            long revision,
            RouteTable routes,
            Cluster[] clusters) {
        this.domain = domain;
        this.virtualHost = virtualHost;
        this.revision = revision;
        this.routes = routes;
        this.clusters = clusters.clone();
    }

    /** The domain that matched, as {@code *.example.com}. */
    public String domain() {
        return domain;
    }

    public String virtualHost() {
        return virtualHost;
    }

    /** The revision at which the slice was read. */
    public long revision() {
        return revision;
    }

    public RouteTable routes() {
        return routes;
    }

    /** The cluster in a slot that a decision of {@link #routes()} picked. */
    public Cluster cluster(int slot) {
        return clusters[slot];
    }
}
