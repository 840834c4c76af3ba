package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where else a request goes, which redirects are followed here, and how urgent it is.
 *
 * @param mirrors where copies go; none: as the virtual host says
 * @param internalRedirects null: none is followed
 * @param priority which of the cluster's circuit breakers and connections; default DEFAULT
 */
public record Delivery(
        List<MirrorPolicy> mirrors,
        @Nullable InternalRedirectPolicy internalRedirects,
        RoutingPriority priority) {

    /** What holds where a document says nothing. */
    public static final Delivery DEFAULT = new Delivery(List.of(), null, RoutingPriority.DEFAULT);

    public Delivery {
        mirrors = List.copyOf(mirrors);
    }

    /** What holds for a route that says this within a virtual host that says that. */
    public Delivery within(HostDelivery host) {
        return mirrors.isEmpty() && !host.mirrors().isEmpty()
                ? new Delivery(host.mirrors(), internalRedirects, priority)
                : this;
    }
}
