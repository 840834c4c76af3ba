package dev.wick.model.check;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as it is before a bundle, as far as the rules across documents ask. Each method is
 * called as often as the bundle is large, never as often as the gateway is.
 */
public interface Surroundings {

    /** The listener under which the claims of hosts that name none stand. */
    String EVERY_LISTENER = "*";

    /** The chain under which the claims of hosts that name none stand. */
    String EVERY_CHAIN = "";

    boolean exists(Kind kind, String name);

    /**
     * The document as it is, null where there is none. Asked only for documents that the bundle
     * changes.
     */
    @Nullable Document document(Kind kind, String name);

    /**
     * All listeners. There are few; asked for once at most, when the bundle touches a listener or
     * has a host that names no listener or no chain.
     */
    Collection<Listener> listeners();

    /**
     * The virtual host that holds a domain on a chain, or null.
     *
     * @param listener a name, or {@link #EVERY_LISTENER}: what is held under just that; the other
     *     is asked for separately
     * @param chain a name, or {@link #EVERY_CHAIN}
     * @param domain normalised by {@link dev.wick.model.DomainName#normalise}
     */
    @Nullable String claimant(String listener, String chain, String domain);

    /** How many documents refer to this one: each once, however often it names it. */
    int references(Kind kind, String name);
}
