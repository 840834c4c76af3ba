package dev.wick.store.explain;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody wonders about.
 *
 * @param url absolute, as {@code http://hello.localhost:8080/x?y}
 * @param listener where it arrives; null: the listener of the URL's port, else {@code http}, else
 *     the first
 * @param chain the filter chain that takes the connection; null: as {@code source} has it
 * @param source the client's address; null: one of another machine that no chain names
 */
public record Question(
        String method,
        URI url,
        List<Header> headers,
        @Nullable String listener,
        @Nullable String chain,
        @Nullable InetAddress source) {

    /** One field. */
    public record Header(String name, String value) {}
}
