package dev.wick.route;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a session stays with the host that it began with: a cookie or a header carries the host's
 * address, written as Envoy writes it, so that sessions outlive a change from one to the other.
 * Immutable.
 */
public final class SessionBinding {

    private static final int ADDRESS_TAG = 0x0a;
    private static final int EXPIRES_TAG = 0x10;

    private final @Nullable CookieSpec cookie;
    private final String header;
    private final boolean strict;

    private SessionBinding(@Nullable CookieSpec cookie, String header, boolean strict) {
        this.cookie = cookie;
        this.header = header;
        this.strict = strict;
    }

    public static SessionBinding cookie(CookieSpec cookie, boolean strict) {
        return new SessionBinding(cookie, "", strict);
    }

    /**
     * @param name in lower case
     */
    public static SessionBinding header(String name, boolean strict) {
        return new SessionBinding(null, name, strict);
    }

    /** Whether a request whose host is gone gets no other. */
    public boolean strict() {
        return strict;
    }

    /** Whether requests to this path are bound. */
    public boolean takes(String path) {
        return cookie == null || cookie.isSentTo(path);
    }

    /** The host that the session is bound to, as {@code 10.0.0.1:80}, or null. */
    public @Nullable String host(RequestHead head) {
        String carried = cookie == null ? head.headers().get(header) : cookie.value(head.headers());
        byte[] decoded = carried == null ? null : decoded(carried);
        if (decoded == null || decoded.length == 0) {
            return null;
        }
        return cookie == null ? text(decoded, 0, decoded.length) : address(decoded);
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            return text.length() % 4 == 0 ? Base64.getDecoder().decode(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Of protobuf's {@code {string address = 1; int64 expires = 2;}}, or what is none, the plain
     * address; null where it has expired.
     */
    private static @Nullable String address(byte[] octets) {
        int length = octets.length > 1 && octets[0] == ADDRESS_TAG ? octets[1] : -1;
        if (length < 0 || octets.length < 2 + length) {
            return text(octets, 0, octets.length);
        }
        int at = 2 + length;
        long expires = 0;
        if (at < octets.length && octets[at] == EXPIRES_TAG) {
            int shift = 0;
            do {
                at++;
                expires |= at < octets.length ? (octets[at] & 0x7fL) << shift : 0;
                shift += 7;
            } while (at < octets.length && octets[at] < 0 && shift < 63);
        }
        boolean over = expires > 0 && expires < System.currentTimeMillis() / 1_000;
        return over ? null : text(octets, 2, length);
    }

    private static String text(byte[] octets, int from, int length) {
        return new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }

    /** Binds the client's next requests to a host. */
    public void bind(String host, Headers response) {
        byte[] address = host.getBytes(StandardCharsets.ISO_8859_1);
        if (cookie == null) {
            response.set(header, Base64.getEncoder().encodeToString(address));
            return;
        }
        byte[] message = new byte[address.length + 13];
        message[0] = ADDRESS_TAG;
        message[1] = (byte) address.length;
        System.arraycopy(address, 0, message, 2, address.length);
        int at = 2 + address.length;
        if (cookie.ttlSeconds() > 0) {
            long expires = System.currentTimeMillis() / 1_000 + cookie.ttlSeconds();
            message[at++] = EXPIRES_TAG;
            for (; expires >= 0x80; expires >>>= 7) {
                message[at++] = (byte) (expires | 0x80);
            }
            message[at++] = (byte) expires;
        }
        byte[] whole = Arrays.copyOf(message, at);
        response.add("set-cookie", cookie.set(Base64.getEncoder().encodeToString(whole)));
    }
}
