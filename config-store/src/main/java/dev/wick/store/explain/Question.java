package dev.wick.store.explain;

import dev.wick.http.RequestHead;
import dev.wick.route.compile.PartCompiler;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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

    /** Documentation's (RFC 5737): nobody has it. */
    private static final byte[] SOMEBODY = {(byte) 203, 0, 113, 1};

    /** The port that it names, or that of its scheme. */
    int port() {
        int port = url.getPort();
        return port >= 0 ? port : url.getScheme().equals("https") ? 443 : 80;
    }

    /** The other end of its connection. */
    byte[] sourceOctets() {
        InetAddress known = source;
        return known == null ? SOMEBODY.clone() : known.getAddress();
    }

    /** Without a user's name. */
    private String authority() {
        String authority = url.getRawAuthority();
        return authority.substring(authority.indexOf('@') + 1);
    }

    /** As it arrives: values are the octets of their UTF-8. */
    RequestHead head() {
        RequestHead made = new RequestHead();
        made.method(method);
        made.scheme(url.getScheme());
        made.authority(authority());
        String path = url.getRawPath();
        String query = url.getRawQuery();
        made.path(
                (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
        for (Header header : headers) {
            String value = PartCompiler.octets(header.value().strip());
            made.headers().add(header.name().toLowerCase(Locale.ROOT), value);
        }
        return made;
    }

    /** One field. */
    public record Header(String name, String value) {}
}
