package dev.wick.gateway.client;

import dev.wick.http.Headers;

/**
 * A request of the gateway itself.
 *
 * @param path path and query, as {@code /a?b}
 * @param headers without {@code host} and {@code content-length}, which the client adds
 * @param body empty where there is none
 * @param timeoutMillis above 0: until the whole answer is there, or for a stream until its head is
 * @param mostOctets above 0: a longer answer is a failure. A stream has no such limit.
 */
public record ClientRequest(
        String method,
        String path,
        Headers headers,
        byte[] body,
        long timeoutMillis,
        int mostOctets) {

    private static final byte[] NO_BODY = new byte[0];

    /** A GET without headers. */
    public static ClientRequest get(String path, long timeoutMillis, int mostOctets) {
        return new ClientRequest("GET", path, new Headers(), NO_BODY, timeoutMillis, mostOctets);
    }
}
