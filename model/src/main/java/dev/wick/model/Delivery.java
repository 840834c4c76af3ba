package dev.wick.model;

import java.util.List;

/**
 * Where else a request goes, and which redirects are followed here.
 *
 * @param mirrors where copies go; none: as the virtual host says
 */
public record Delivery(List<MirrorPolicy> mirrors) {

    /** What holds where a document says nothing. */
    public static final Delivery DEFAULT = new Delivery(List.of());

    public Delivery {
        mirrors = List.copyOf(mirrors);
    }
}
