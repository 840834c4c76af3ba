package dev.wick.gateway.edge;

import dev.wick.gateway.codec.Authority;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.UpgradeRules;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Heads of HTTP/2 to heads and back (RFC 9113, 8.2 and 8.3). As strict as the HTTP/1 parser: what
 * is read here may be written to a host by HTTP/1, where a stray octet would be another request.
 */
final class Http2Heads {

    /** What became of a head. */
    enum Outcome {
        READ,
        /** Not a request at all: the stream is reset. */
        MALFORMED,
        /** Too many fields: 431. */
        TOO_MANY,
        /** No authority, or one that is none: 400. */
        NO_AUTHORITY
    }

    static final Http2Headers CONTINUE =
            ReadOnlyHttp2Headers.serverHeaders(false, new AsciiString("100"));

    private static final boolean[] TARGET = new boolean[256];
    private static final boolean[] NAME = new boolean[256];

    static {
        for (int c = 0x21; c < 0x7f; c++) {
            TARGET[c] = c != '#';
        }
        for (int c = 'a'; c <= 'z'; c++) {
            NAME[c] = true;
        }
        for (char c : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            NAME[c] = true;
        }
    }

    private Http2Heads() {}

    /**
     * Reads the head of a request.
     *
     * @param to empty
     * @param allowConnect whether {@code :protocol} may be said (RFC 8441)
     */
    static Outcome read(Http2Headers from, RequestHead to, int mostFields, boolean allowConnect) {
        Headers headers = to.headers();
        boolean schemeSeen = false;
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            if (!name.startsWith(":")) {
                if (!regular(name, value, headers)) {
                    return Outcome.MALFORMED;
                }
            } else if (name.equals(":protocol")) {
                if (!allowConnect
                        || headers.size() > 0
                        || !to.upgrade().isEmpty()
                        || !token(value)) {
                    return Outcome.MALFORMED;
                }
                to.upgrade(value);
            } else if (headers.size() > 0 || !pseudo(name, value, to, schemeSeen)) {
                return Outcome.MALFORMED;
            } else {
                schemeSeen |= name.equals(":scheme");
            }
        }
        return complete(to, schemeSeen, mostFields);
    }

    private static boolean pseudo(String name, String value, RequestHead to, boolean schemeSeen) {
        switch (name) {
            case ":method" -> {
                boolean first = to.method().isEmpty();
                to.method(value);
                return first && token(value);
            }
            case ":scheme" -> {
                to.scheme(value);
                return !schemeSeen && (value.equals("http") || value.equals("https"));
            }
            case ":path" -> {
                boolean first = to.path().isEmpty();
                to.path(value);
                return first && !value.isEmpty() && all(value, TARGET);
            }
            case ":authority" -> {
                boolean first = to.authority().isEmpty();
                to.authority(value);
                return first;
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean token(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c > 0xff || !NAME[c >= 'A' && c <= 'Z' ? c | 0x20 : c]) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    private static boolean all(String text, boolean[] allowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !allowed[c]) {
                return false;
            }
        }
        return true;
    }

    /** Takes a field in; false where it may not be. */
    private static boolean regular(String name, String value, Headers to) {
        if (name.isEmpty() || !all(name, NAME) || !fieldValue(value)) {
            return false;
        }
        switch (name) {
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings" -> {
                return false;
            }
            case "te" -> {
                if (!value.equalsIgnoreCase("trailers")) {
                    return false;
                }
            }
            case "cookie" -> {
                String before = to.get(name);
                if (before != null) {
                    // Crumbs become one field again (RFC 9113, 8.2.3).
                    to.set(name, before + "; " + value);
                    return true;
                }
            }
            default -> {
                // Taken as it is.
            }
        }
        to.add(name, value);
        return true;
    }

    private static boolean fieldValue(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x20 && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return length == 0 || !blank(value.charAt(0)) && !blank(value.charAt(length - 1));
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static Outcome complete(RequestHead head, boolean schemeSeen, int mostFields) {
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
        if (!Authority.valid(head.authority())) {
            return Outcome.NO_AUTHORITY;
        }
        return headers.size() > mostFields ? Outcome.TOO_MANY : Outcome.READ;
    }

    /** With a slash first, or the asterisk of OPTIONS (RFC 9113, 8.3.1). */
    private static boolean sound(String path, String method) {
        return path.startsWith("/") || path.equals("*") && method.equals("OPTIONS");
    }

    /**
     * CONNECT itself names an authority with a port and nothing else; with {@code :protocol} it is
     * an upgrade, and becomes what HTTP/1 makes of one.
     */
    private static Outcome connect(RequestHead head, boolean schemeSeen) {
        Headers headers = head.headers();
        if (!head.method().equals("CONNECT") || headers.contains("content-length")) {
            return Outcome.MALFORMED;
        }
        if (head.upgrade().isEmpty()) {
            String authority = head.authority();
            boolean port = authority.lastIndexOf(':') > authority.lastIndexOf(']');
            head.upgrade(UpgradeRules.CONNECT);
            return schemeSeen || !head.path().isEmpty() || !port ? Outcome.MALFORMED : Outcome.READ;
        }
        if (!schemeSeen || head.path().isEmpty() || !head.path().startsWith("/")) {
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

    /** The trailers of a request, or null where they may not be. */
    static @Nullable Headers trailers(Http2Headers from) {
        Headers trailers = new Headers();
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            String name = field.getKey().toString();
            if (name.startsWith(":") || !regular(name, field.getValue().toString(), trailers)) {
                return null;
            }
        }
        return trailers;
    }

    static Http2Headers response(ResponseHead from) {
        Headers headers = from.headers();
        Http2Headers to = new DefaultHttp2Headers(false, 16);
        to.status(HttpResponseStatus.valueOf(from.status()).codeAsText());
        return add(headers, to);
    }

    /** In HTTP/2 a tunnel is opened by 200 (RFC 8441, 5), and {@code upgrade} is not said. */
    static Http2Headers tunnel(ResponseHead from) {
        Headers headers = from.headers();
        headers.remove("connection");
        headers.remove("upgrade");
        headers.remove("sec-websocket-accept");
        Http2Headers to = new DefaultHttp2Headers(false, 16);
        to.status(HttpResponseStatus.OK.codeAsText());
        return add(headers, to);
    }

    static Http2Headers trailers(Headers from) {
        return add(from, new DefaultHttp2Headers(false, 4));
    }

    private static Http2Headers add(Headers from, Http2Headers to) {
        for (int i = 0; i < from.size(); i++) {
            to.add(from.name(i), from.value(i));
        }
        return to;
    }
}
