package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where else a request goes, and which redirects are followed here.
 *
 * @param mirrors where copies go; none: as the virtual host says
 * @param internalRedirects null: none is followed
 */
public record Delivery(
        List<MirrorPolicy> mirrors, @Nullable InternalRedirectPolicy internalRedirects) {

    /** What holds where a document says nothing. */
    public static final Delivery DEFAULT = new Delivery(List.of(), null);

    public Delivery {
        mirrors = List.copyOf(mirrors);
    }
}
