package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Member;
import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a host, as its exchange sees it. Confined to the loop that it was sent
 * on.
 */
public interface UpstreamRequest {

    /**
     * Sends a part of the body, of which it becomes the owner. Bytes that come after the answer's
     * end or a failure are released.
     *
     * @return false where the host is slower than the client: stop until {@link
     *     UpstreamEvents#writable}. What is written all the same is kept.
     */
    boolean write(ByteBuf data);

    /**
     * The request is complete. A host that speaks HTTP/1.1 gets no trailers, unless the cluster
     * says so.
     */
    void end(@Nullable Headers trailers);

    /** Stop reading from the host; a little that has been read already may still come. */
    void pause();

    void resume();

    /**
     * The exchange wants no more of it: no event comes after this. Closes an HTTP/1.1 connection
     * unless both messages are complete.
     */
    void reset();

    /**
     * The host took longer than the exchange waits, which counts against it where outliers are
     * looked for; before {@link #reset}. Nothing where the request has no connection yet.
     *
     * @param status what the client is told
     */
    void tooSlow(int status);

    /** Where it goes, once that is chosen. */
    @Nullable Member host();
}
