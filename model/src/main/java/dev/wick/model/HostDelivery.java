package dev.wick.model;

import java.util.List;

/**
 * Where else the requests of a virtual host go, and which of them are counted by themselves.
 *
 * @param mirrors where copies go, for routes that do not say so themselves
 * @param virtualClusters the first that a request falls into counts it
 */
public record HostDelivery(List<MirrorPolicy> mirrors, List<VirtualCluster> virtualClusters) {

    /** What holds where a document says nothing. */
    public static final HostDelivery DEFAULT = new HostDelivery(List.of(), List.of());

    public HostDelivery {
        mirrors = List.copyOf(mirrors);
        virtualClusters = List.copyOf(virtualClusters);
    }
}
