package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Upgrades and CONNECT to hosts that speak HTTP/2, where both are a CONNECT (RFC 8441; RFC 9113,
 * 8.5) and a success opens the tunnel.
 */
final class Http2Tunnel {

    private static final String CONNECT = "CONNECT";
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Http2Tunnel() {}

    static Http2Headers request(RequestHead head) {
        Http2Headers to = new DefaultHttp2Headers(false);
        to.method(CONNECT).authority(head.authority());
        if (!head.upgrade().equals(CONNECT)) {
            to.add(":protocol", head.upgrade());
            to.scheme(head.scheme()).path(head.path());
        }
        Headers headers = head.headers();
        for (int i = 0; i < headers.size(); i++) {
            if (!ofConnection(headers.name(i))) {
                to.add(headers.name(i), headers.value(i));
            }
        }
        return to;
    }

    private static boolean ofConnection(String name) {
        return name.equals("connection") || name.equals("upgrade") || name.equals("content-length");
    }

    /** Makes a host's success what it is to whoever asked for the upgrade. */
    static void opened(ResponseHead head, RequestHead request) {
        Headers headers = head.headers();
        headers.remove("content-length");
        if (request.upgrade().equals(CONNECT)) {
            return;
        }
        head.status(101);
        headers.set("connection", "upgrade");
        headers.set("upgrade", request.upgrade());
        String key = request.headers().get("sec-websocket-key");
        if (key != null && !headers.contains("sec-websocket-accept")) {
            headers.add("sec-websocket-accept", accept(key));
        }
    }

    /** A host has no key to answer for in HTTP/2; a client of HTTP/1 waits for that (RFC 6455). */
    private static String accept(String key) {
        try {
            byte[] text = (key + WEBSOCKET_GUID).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
