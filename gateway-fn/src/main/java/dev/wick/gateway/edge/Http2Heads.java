package dev.wick.gateway.edge;

import dev.wick.gateway.codec.Authority;
import dev.wick.gateway.http2.RequestFields;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a head of HTTP/2 must have as a whole to be a request (RFC 9113, 8.3). */
final class Http2Heads {

    /** What became of a head. */
    enum Outcome {
        READ,
        /** Not a request at all: the stream is reset. */
        MALFORMED,
        /** Too many fields, or too long ones: 431. */
        TOO_LARGE,
        /** No authority, or one that is none: 400. */
        NO_AUTHORITY
    }

    private Http2Heads() {}

    /**
     * Reads the head of a request.
     *
     * @param to empty
     * @param allowConnect whether {@code :protocol} may be said (RFC 8441)
     */
    static Outcome read(
            RequestFields from, RequestHead to, LimitSettings limits, boolean allowConnect) {
        if (!from.sound() || !allowConnect && !from.protocol().isEmpty()) {
            return Outcome.MALFORMED;
        }
        to.method(from.method());
        to.scheme(from.scheme());
        to.authority(from.authority());
        to.path(from.path());
        to.upgrade(from.protocol());
        to.headers().addAll(from.headers());
        Outcome outcome = complete(to, !from.scheme().isEmpty());
        boolean large =
                from.octets() > limits.maxHeaderOctets()
                        || to.headers().size() > limits.maxHeaders();
        return outcome == Outcome.READ && large ? Outcome.TOO_LARGE : outcome;
    }

    private static Outcome complete(RequestHead head, boolean schemeSeen) {
        Headers headers = head.headers();
        String host = headers.get("host");
        if (host != null) {
            if (!head.authority().isEmpty() && !head.authority().equalsIgnoreCase(host)) {
                return Outcome.MALFORMED;
            }
            if (head.authority().isEmpty()) {
                head.authority(host);
            }
            headers.remove("host");
        }
        if (head.method().equals("CONNECT") || !head.upgrade().isEmpty()) {
            Outcome wrong = connect(head, schemeSeen);
            if (wrong != Outcome.READ) {
                return wrong;
            }
        } else if (head.method().isEmpty() || !sound(head.path(), head.method()) || !schemeSeen) {
            return Outcome.MALFORMED;
        }
        return Authority.valid(head.authority()) ? Outcome.READ : Outcome.NO_AUTHORITY;
    }

    /** With a slash first, or the asterisk of OPTIONS (RFC 9113, 8.3.1). */
    private static boolean sound(String path, String method) {
        return path.startsWith("/") || path.equals("*") && method.equals("OPTIONS");
    }

    /**
     * CONNECT itself names an authority with a port and nothing else; with {@code :protocol} it is
     * an upgrade, but not to itself, and becomes what HTTP/1 makes of one.
     */
    private static Outcome connect(RequestHead head, boolean schemeSeen) {
        Headers headers = head.headers();
        if (!head.method().equals("CONNECT") || headers.contains("content-length")) {
            return Outcome.MALFORMED;
        }
        if (head.upgrade().isEmpty()) {
            String authority = head.authority();
            boolean port = authority.lastIndexOf(':') > authority.lastIndexOf(']');
            head.upgrade(head.method());
            return schemeSeen || !head.path().isEmpty() || !port ? Outcome.MALFORMED : Outcome.READ;
        }
        boolean itself = head.upgrade().equalsIgnoreCase(head.method());
        if (itself || !schemeSeen || !head.path().startsWith("/")) {
            return Outcome.MALFORMED;
        }
        head.method("GET");
        headers.add("connection", "Upgrade");
        headers.add("upgrade", head.upgrade());
        if (head.upgrade().equalsIgnoreCase("websocket")
                && !headers.contains("sec-websocket-key")) {
            headers.add("sec-websocket-key", webSocketKey());
        }
        return Outcome.READ;
    }

    /** A host that speaks HTTP/1.1 asks for one, which HTTP/2 has no use for (RFC 8441, 5.1). */
    private static String webSocketKey() {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    /**
     * The trailers of a request, or null where they may not be. They are their own: a retry or a
     * mirror may need them when the stream is no more.
     */
    static @Nullable Headers trailers(RequestFields from) {
        if (!from.sound() || !from.withoutPseudo()) {
            return null;
        }
        Headers trailers = new Headers();
        trailers.addAll(from.headers());
        return trailers;
    }

    /** Takes out of the answer to an upgrade what HTTP/2 does not say (RFC 8441, 5). */
    static void tunnel(Headers headers) {
        headers.remove("connection");
        headers.remove("upgrade");
        headers.remove("sec-websocket-accept");
    }
}
