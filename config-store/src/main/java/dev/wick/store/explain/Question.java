package dev.wick.store.explain;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody wonders about.
 *
 * @param url absolute, as {@code http://hello.localhost:8080/x?y}
 * @param listener where it arrives; null: the listener of the URL's port, else {@code http}, else
 *     the first
 */
public record Question(String method, URI url, List<Header> headers, @Nullable String listener) {

    /** One field. */
    public record Header(String name, String value) {}
}
