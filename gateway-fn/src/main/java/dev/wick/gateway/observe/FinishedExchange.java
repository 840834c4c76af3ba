package dev.wick.gateway.observe;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an exchange when it is over. Filled in by its exchange on the event loop, read
 * there by the log and the metrics, and used again for the connection's next exchange: nobody keeps
 * it.
 */
public final class FinishedExchange {

    /** When its head had arrived, in milliseconds since 1970. */
    public long startMillis;

    /** From the request's head to the last byte of the response, in milliseconds. */
    public long durationMillis;

    public String method = "";

    /** As the client sent it, rewritten or not. */
    public String path = "";

    public String authority = "";

    /** {@code HTTP/1.1} or {@code HTTP/2}. */
    public String protocol = "";

    /** The status that the client got; 0 where it got none. */
    public int status;

    /** The {@link ResponseFlag#bit()}s that apply. */
    public int flags;

    /** Bytes of the request's body. */
    public long bytesReceived;

    /** Bytes of the response's body. */
    public long bytesSent;

    /**
     * Milliseconds from the end of the request to the head of the upstream's response; -1 where
     * there is none.
     */
    public long upstreamServiceMillis = -1;

    /** Milliseconds from the request's head to its end; -1 where that has not come. */
    public long requestMillis = -1;

    /** Milliseconds from the request's head to the head of the upstream's response; or -1. */
    public long responseMillis = -1;

    /** Envoy's {@code %RESPONSE_CODE_DETAILS%}: why the answer is what it is; empty: unknown. */
    public String details = "";

    /** The virtual cluster that the request fell into; empty for none. */
    public String virtualCluster = "";

    /** The whole line of the access log, in octets; null: in the default format. */
    public @Nullable String line;

    public @Nullable String forwardedFor;
    public @Nullable String userAgent;
    public @Nullable String requestId;

    /** Address and port of the host that answered. */
    public @Nullable String upstreamHost;

    /** As new. */
    public void clear() {
        startMillis = 0;
        durationMillis = 0;
        method = "";
        path = "";
        authority = "";
        protocol = "";
        status = 0;
        flags = 0;
        bytesReceived = 0;
        bytesSent = 0;
        upstreamServiceMillis = -1;
        requestMillis = -1;
        responseMillis = -1;
        details = "";
        virtualCluster = "";
        line = null;
        forwardedFor = null;
        userAgent = null;
        requestId = null;
        upstreamHost = null;
    }

    /** Adds a flag. */
    public void flag(ResponseFlag flag) {
        flags |= flag.bit();
    }
}
