package dev.wick.model;

/**
 * What the gateway tells of itself, and the names that it gives to requests.
 *
 * @param generateRequestId whether a request gets an {@code x-request-id}; default true
 * @param preserveExternalRequestId whether that of a client outside is kept; default false
 * @param alwaysSetRequestIdInResponse whether responses tell it; default false
 * @param via appended to {@code via} in both directions; empty: nothing
 * @param serverName the value of {@code server}; default {@code wick}
 */
public record GatewayHeaders(
        boolean generateRequestId,
        boolean preserveExternalRequestId,
        boolean alwaysSetRequestIdInResponse,
        String via,
        String serverName,
        ServerHeader serverHeaderTransformation) {

    /** What holds where a document says nothing. */
    public static final GatewayHeaders DEFAULT =
            new GatewayHeaders(true, false, false, "", "wick", ServerHeader.OVERWRITE);

    /** What becomes of {@code server} in responses. */
    public enum ServerHeader {
        /** It is the gateway's. */
        OVERWRITE,
        /** It is the gateway's where the host has set none. */
        APPEND_IF_ABSENT,
        /** It is the host's or none. */
        PASS_THROUGH
    }
}
