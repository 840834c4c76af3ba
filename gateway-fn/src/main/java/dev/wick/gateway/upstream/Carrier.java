package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What carries a stream's request to its host: an HTTP/1 connection, or one of the streams of an
 * HTTP/2 connection. Confined to its loop.
 */
interface Carrier {

    /**
     * Sends a part of the body, of which it becomes the owner; returns false where the host is slow
     * to take it.
     */
    boolean send(ByteBuf data);

    /** The request is complete. */
    void endRequest(@Nullable Headers trailers);

    /** Reads on, or not, from the host. */
    void read(boolean on);

    /** The exchange wants no more of it. */
    void abort();
}
