package dev.wick.route;

import dev.wick.http.RequestHead;

/**
 * Which requests end at the gateway, so that what they carry goes to a host by plain TCP.
 * Immutable.
 *
 * @param proxyVersion of the PROXY header that the host gets first: 1 or 2; 0: none
 * @param allowPost whether POST does as CONNECT does
 */
public record ConnectConfig(int proxyVersion, boolean allowPost) {

    /** Whether the request is one of these. */
    public boolean takes(RequestHead head) {
        return head.connects()
                || allowPost && head.upgrade().isEmpty() && head.method().equals("POST");
    }
}
