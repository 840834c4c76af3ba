package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.codec.KeptParts;
import dev.wick.gateway.exchange.ClientConnection;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.Downstream;
import dev.wick.gateway.exchange.Exchange;
import dev.wick.gateway.exchange.LocalReply;
import dev.wick.gateway.exchange.Protocol;
import dev.wick.gateway.http2.Outgoing;
import dev.wick.gateway.http2.WrittenFields;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.StreamByteDistributor;
import org.jspecify.annotations.Nullable;

/**
 * One request of an HTTP/2 connection, and its response. Confined to the connection's loop.
 *
 * <p>Its window opens again only as the exchange takes what has come, so that a stream that waits,
 * for its slice or for a slow host, holds at most a window of bytes and nothing of its siblings'.
 */
final class Http2ServerStream implements Downstream {

    private static final int TUNNEL_OPEN = 200;

    private final Http2Session session;
    private final Http2Output output;
    private final Outgoing outgoing;
    private final Exchange exchange;
    private final KeptParts held = new KeptParts();

    /** The trailers of the answer, which may wait for its body when their host's are gone. */
    private final WrittenFields lastFields;

    private Http2Stream stream;
    private boolean paused;
    private boolean requestEnded;
    private boolean endHeld;
    private boolean responseEnded;
    private boolean wasReset;
    private long beganNanos = System.nanoTime();
    private int unconsumed;
    private @Nullable Headers trailers;
    private StreamByteDistributor.@Nullable StreamState kept;

    /** The answer is complete; what is left of it waits for the client to read. */
    private final Deadline unread =
            new Deadline() {
                @Override
                protected void expired() {
                    unread();
                }
            };

    private boolean answered;
    private boolean givenUp;

    Http2ServerStream(
            Http2Session session, Http2Stream stream, Door door, ClientConnection client) {
        this.session = session;
        this.output = session.output();
        this.outgoing = output.outgoing();
        this.lastFields = new WrittenFields(session.loop().workbench().texts());
        outgoing.begin(stream);
        this.stream = stream;
        this.exchange = new Exchange(door, session.loop(), this, client);
    }

    /** Serves another stream of the same connection, once {@link #closed}. */
    Http2ServerStream reuse(Http2Stream next) {
        stream = next;
        outgoing.begin(next);
        paused = false;
        requestEnded = false;
        endHeld = false;
        responseEnded = false;
        wasReset = false;
        beganNanos = System.nanoTime();
        unconsumed = 0;
        trailers = null;
        answered = false;
        givenUp = false;
        kept = null;
        return this;
    }

    Exchange exchange() {
        return exchange;
    }

    void begin(boolean end) {
        requestEnded = end;
        exchange.begin(Protocol.HTTP_2, end);
    }

    void refuse(LocalReply reply, boolean end) {
        requestEnded = end;
        exchange.refuse(Protocol.HTTP_2, reply);
    }

    /**
     * A part of the body has come, still the caller's. Returns of how many bytes the window may
     * open again at once.
     */
    int data(ByteBuf data, boolean end) {
        int length = data.readableBytes();
        if (paused) {
            held.add(data);
            endHeld = end;
            unconsumed += length;
            return 0;
        }
        if (length > 0) {
            exchange.body(data.retain());
        }
        if (end) {
            ended();
        }
        if (paused) {
            unconsumed += length;
            return 0;
        }
        return length;
    }

    /** Trailers have come, which end the request. */
    void trailers(Headers came) {
        trailers = came.size() == 0 ? null : came;
        if (paused) {
            endHeld = true;
        } else {
            ended();
        }
    }

    private void ended() {
        requestEnded = true;
        exchange.end(trailers);
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        ByteBuf next = held.poll();
        while (next != null) {
            exchange.body(next);
            next = paused ? null : held.poll();
        }
        if (!paused) {
            int consumed = unconsumed;
            unconsumed = 0;
            output.consumed(stream, consumed);
            if (endHeld) {
                endHeld = false;
                ended();
            }
        }
    }

    void resetByClient() {
        wasReset = !responseEnded;
        exchange.reset();
    }

    /** Whether all of the request has come, be it taken or not. */
    boolean requestComplete() {
        return requestEnded || endHeld;
    }

    /** Whether the client reset it before its answer was complete. */
    boolean wasReset() {
        return wasReset;
    }

    long ageNanos() {
        return System.nanoTime() - beganNanos;
    }

    /** Netty's record of what the client has not made room for. */
    void kept(StreamByteDistributor.StreamState state) {
        kept = state;
    }

    /** Offers what is kept of its answer. */
    void weigh(Heaviest heaviest) {
        StreamByteDistributor.StreamState known = kept;
        if (known != null) {
            heaviest.offer(known.pendingBytes(), this::shed);
        }
    }

    private void shed() {
        // Once: its frames go with the reset, a moment later.
        kept = null;
        if (exchange.running()) {
            exchange.shed();
        } else {
            output.reset(stream, Http2Error.ENHANCE_YOUR_CALM);
        }
    }

    void writable() {
        exchange.writable();
    }

    @Override
    public void ignoreRequest() {
        // Said by a reset once the response is complete.
    }

    @Override
    public void informational(ResponseHead head) {
        output.writeHead(stream, head.status(), head.headers(), false);
    }

    @Override
    public void head(ResponseHead head, boolean last) {
        session.answering();
        responseEnded = last;
        output.writeHead(stream, head.status(), head.headers(), last);
    }

    @Override
    public void tunnel(ResponseHead head) {
        Http2Heads.tunnel(head.headers());
        output.writeHead(stream, TUNNEL_OPEN, head.headers(), false);
    }

    @Override
    public void endOutput() {
        responseEnded = true;
        output.end(outgoing, null, output.kept());
    }

    @Override
    public boolean write(ByteBuf data) {
        output.write(outgoing, data);
        return output.writable(stream);
    }

    @Override
    public void end(@Nullable Headers responseTrailers) {
        if (responseEnded) {
            finished();
            if (!requestEnded) {
                output.reset(stream, Http2Error.NO_ERROR);
            }
            return;
        }
        Http2Headers fields = null;
        if (responseTrailers != null && responseTrailers.size() > 0) {
            fields = lastFields.trailers(responseTrailers);
        }
        finished();
        if (requestEnded) {
            output.end(outgoing, fields, output.kept());
        } else {
            // What is left of the request is not wanted (RFC 9113, 8.1).
            Http2Stream unwanted = stream;
            ChannelPromise written = output.promise();
            written.addListener(done -> output.reset(unwanted, Http2Error.NO_ERROR));
            output.end(outgoing, fields, written);
        }
    }

    /** The response is on its way. */
    private void finished() {
        responseEnded = true;
        if (session.unreadMillis() > 0) {
            answered = true;
            output.answered(this);
        }
    }

    /** The answer was flushed. Where that was not its end, the client has not made room for all. */
    void flushed() {
        if (answered) {
            answered = false;
            watchUnread();
        }
    }

    private void watchUnread() {
        session.loop().arm(unread, session.unreadMillis());
    }

    private void unread() {
        session.unread(stream, givenUp);
        if (!givenUp) {
            givenUp = true;
            watchUnread();
        }
    }

    @Override
    public void reset() {
        output.reset(stream, Http2Error.INTERNAL_ERROR);
    }

    /** Whether nothing is left of the request; what was no request leaves a piece of its head. */
    boolean clean() {
        RequestHead head = exchange.head();
        return head.method().isEmpty()
                && head.path().isEmpty()
                && head.authority().isEmpty()
                && head.upgrade().isEmpty()
                && head.headers().size() == 0;
    }

    /** The stream is no more. */
    void closed() {
        answered = false;
        unread.disarm();
        paused = false;
        kept = null;
        held.clear();
        exchange.closed();
    }
}
