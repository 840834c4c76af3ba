package dev.wick.gateway.exchange;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an exchange, as the exchange sees it: {@link #head}, any number of {@link
 * #write}, {@link #end}; or {@link #reset} at any point. Called on the loop of the connection.
 */
public interface Downstream {

    /**
     * The response will end before the request has: what is left of that is not wanted. Called
     * before {@link #head}, where it is known.
     */
    void ignoreRequest();

    /** Sends an informational head, 100-199 but not 101, before that of the response. */
    void informational(ResponseHead head);

    /**
     * Sends the response's head, without fields that concern the connection or frame the body, but
     * for {@code content-length}.
     *
     * @param last whether no body and no trailers will follow; {@link #end} is called all the same
     */
    void head(ResponseHead head, boolean last);

    /**
     * Sends a part of the body, of which it becomes the owner.
     *
     * @return false where the client is slower than the host: stop until {@link Exchange#writable}.
     *     What is written all the same is kept.
     */
    boolean write(ByteBuf data);

    /**
     * Sends the head of a response behind which the connection is no longer HTTP: what is written
     * goes out as it is, and {@link Exchange#end} follows when the client has sent all that it
     * will.
     */
    void tunnel(ResponseHead head);

    /** In a tunnel: nothing more will be written, but the client may send on. */
    void endOutput();

    /**
     * The response is complete, and the exchange is over. The request may not be: what is left of
     * it is not wanted.
     *
     * @param trailers null where there are none
     */
    void end(@Nullable Headers trailers);

    /**
     * The response can't be completed, and the exchange is over: the client must see that it was
     * cut short.
     */
    void reset();

    /** Stop feeding the request's body: nothing of it is passed on until {@link #resume}. */
    void pause();

    void resume();
}
