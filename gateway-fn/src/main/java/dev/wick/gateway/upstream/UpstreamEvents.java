package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange hears of its request, on its loop: any number of {@link #informational}, then
 * {@link #head}, any number of {@link #body}, {@link #end}; or {@link #failed} at any point, which
 * is the last. Nothing but {@link #chosen} is called from within {@link Cluster#send}.
 */
public interface UpstreamEvents {

    /** Nobody's connection. */
    ProxiedConnection UNKNOWN = new ProxiedConnection(null, null);

    /**
     * A host is chosen, and the request's head is not written yet: the only thing that may be
     * called from within {@link Cluster#send}.
     *
     * @param name the DNS name that its endpoint has; null for one that has an address
     */
    default void chosen(@Nullable String name) {}

    /** The request has a connection; this too may come from within {@link Cluster#send}. */
    default void begun() {}

    /**
     * Whether the request is tried again, where that is wanted, by whoever hears this: a kept
     * connection that dies under it is then a failure like others.
     */
    default boolean triesAgain() {
        return false;
    }

    /**
     * A 1xx answer other than 101. The head belongs to the connection and is valid during the call
     * only.
     */
    void informational(ResponseHead head);

    /**
     * The answer's head, without what concerned the connection. It belongs to the exchange until
     * {@link #end} or {@link #failed}.
     */
    void head(ResponseHead head);

    /** A part of the answer's body, whose owner is the callee. */
    void body(ByteBuf data);

    /**
     * The host of a tunnel (an upgrade or CONNECT) has sent all that it will; it still takes what
     * the client sends. {@link #end} comes when the request has ended too.
     */
    default void hostEnded() {}

    /**
     * The answer is complete. This may come before the request is; the rest of it is then not sent.
     *
     * @param trailers null where there are none
     */
    void end(@Nullable Headers trailers);

    /**
     * There will be no (more of an) answer.
     *
     * @param detail as Envoy words it in {@code %RESPONSE_CODE_DETAILS%} or in a local reply's
     *     body, or the connection's error
     */
    void failed(UpstreamFailure why, String detail);

    /** Whose connection the request came by; asked only for clusters whose hosts are told. */
    default ProxiedConnection proxied() {
        return UNKNOWN;
    }

    /**
     * How the request's body goes to its host by plain TCP, and what the host sends becomes that of
     * an answer with 200; null where HTTP is spoken.
     */
    default @Nullable PlainTcp tunnel() {
        return null;
    }

    /** The host takes more of the request's body. */
    void writable();
}
