package dev.wick.gateway.upstream;

import dev.wick.gateway.codec.KeptParts;
import dev.wick.gateway.http2.Outgoing;
import dev.wick.gateway.http2.ResponseFields;
import dev.wick.gateway.http2.WrittenFields;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request of an HTTP/2 connection to a host, and its answer. Confined to the connection's loop;
 * used for one request after the other.
 *
 * <p>Its window opens again only as the exchange takes what has come, so that an answer whose
 * client is slow holds at most a window of bytes and nothing of its siblings'.
 */
final class Http2ClientStream implements Carrier {

    private final Http2ClientConnection connection;
    private final Outgoing outgoing;
    private final ResponseHead head = new ResponseHead();
    private final KeptParts held = new KeptParts();

    /** The trailers of the answer, until it is complete. */
    private final Headers last = new Headers();

    private final WrittenFields requestTrailers;

    /** Whose request it is; null once that has heard its last. */
    private @Nullable Stream stream;

    private @Nullable Http2Stream opened;
    private @Nullable Headers trailers;
    private boolean headed;

    /** Its head speaks of a body, of which nothing has come. */
    private boolean owed;

    private boolean paused;
    private boolean endHeld;

    /** The request's end is being sent, and with it all ends. */
    private boolean ending;

    private boolean closed;
    private boolean tunnel;
    private boolean hostEnded;
    private int unconsumed;

    Http2ClientStream(Http2ClientConnection connection) {
        this.connection = connection;
        this.outgoing = connection.outgoing();
        this.requestTrailers = new WrittenFields(connection.loop.workbench().texts());
    }

    void begin(Stream next, Http2Stream on) {
        stream = next;
        opened = on;
        outgoing.begin(on);
    }

    /** Whether neither the host nor the exchange has more to do with it. */
    boolean through() {
        return closed && stream == null;
    }

    Http2ClientStream cleared() {
        head.headers().clear();
        last.clear();
        opened = null;
        trailers = null;
        headed = false;
        owed = false;
        paused = false;
        endHeld = false;
        closed = false;
        tunnel = false;
        hostEnded = false;
        unconsumed = 0;
        return this;
    }

    private Http2Stream opened() {
        if (opened == null) {
            throw new IllegalStateException("stream: not begun (expected: an open one)");
        }
        return opened;
    }

    /** A block of fields has come: a head, or trailers. */
    void headers(ResponseFields fields, boolean end) throws Http2Exception {
        Stream current = stream;
        if (current == null) {
            return;
        }
        if (!fields.sound()) {
            throw malformed("fields that are none");
        }
        int code = fields.code();
        if (headed) {
            if (!fields.withoutPseudo() || !end) {
                throw malformed("trailers that are none");
            }
            requireBody();
            connection.metrics.count(connection.index, ClusterMetrics.HTTP2_TRAILERS);
            last.clear();
            last.addAll(fields.headers());
            ended(last.size() == 0 ? null : last);
            return;
        }
        if (code < 0 || code == 101 || code < 200 && end) {
            throw malformed("a head that is none");
        }
        head.status(code);
        head.headers().clear();
        head.headers().addAll(fields.headers());
        if ((code < 200 || code == 204) && !withoutLength(head.headers())) {
            throw malformed("a length of what has none");
        }
        if (code < 200) {
            current.informational(head);
            return;
        }
        headed = true;
        tunnel = code < 300 && !current.head().upgrade().isEmpty();
        if (tunnel) {
            Http2Tunnel.opened(head, current.head());
        }
        head.last(end && !tunnel);
        head.open(!end);
        owed = announcesBody(current, code);
        if (end) {
            requireBody();
        }
        current.answered(head);
        if (end && stream == current) {
            ended(null);
        }
    }

    /** As of hosts in HTTP/1: a length of 0 says nothing that these statuses do not. */
    private static boolean withoutLength(Headers headers) {
        String length = headers.get("content-length");
        headers.remove("content-length");
        return length == null || isZero(length);
    }

    private static boolean isZero(String length) {
        return length.chars().allMatch(digit -> digit == '0');
    }

    /** Netty looks at lengths too, but cannot tell where there is no body in spite of one. */
    private boolean announcesBody(Stream current, int code) {
        String length = head.headers().get("content-length");
        return length != null
                && code != 304
                && !isZero(length)
                && !current.head().method().equals("HEAD");
    }

    private void requireBody() throws Http2Exception {
        if (owed) {
            throw malformed("a length of a body that does not come");
        }
    }

    private Http2Exception malformed(String what) {
        return Http2Exception.streamError(opened().id(), Http2Error.PROTOCOL_ERROR, what);
    }

    /**
     * A part of the body has come, still the caller's. Returns of how many bytes the window may
     * open again at once.
     */
    int data(ByteBuf data, boolean end) throws Http2Exception {
        int length = data.readableBytes();
        if (stream == null) {
            return length;
        }
        if (length > 0) {
            owed = false;
        } else if (end) {
            requireBody();
        }
        if (paused) {
            if (length > 0) {
                held.add(data);
                unconsumed += length;
            }
            endHeld = end;
            return 0;
        }
        if (length > 0) {
            stream.body(data.retain());
        }
        if (end) {
            ended(null);
        }
        if (paused) {
            unconsumed += length;
            return 0;
        }
        return length;
    }

    /** The answer is complete, or will be when what is held has been taken. */
    private void ended(@Nullable Headers came) {
        trailers = came;
        if (paused) {
            endHeld = true;
        } else if (stream != null && tunnel && !stream.ended()) {
            hostEnded = true;
            stream.hostEnded();
        } else if (stream != null) {
            complete(stream, came);
        }
    }

    private void complete(Stream current, @Nullable Headers came) {
        stream = null;
        if (!closed && !current.ended()) {
            // What is left of the request is not wanted (RFC 9113, 8.1).
            connection.reset(opened(), Http2Error.NO_ERROR);
        }
        current.complete(came);
        if (closed) {
            connection.reuse(this);
        }
    }

    void resetByHost(long errorCode) {
        Stream current = stream;
        if (current == null || endHeld) {
            return;
        }
        connection.metrics.count(connection.index, ClusterMetrics.RQ_RX_RESET);
        if (errorCode == Http2Error.REFUSED_STREAM.code()) {
            connection.metrics.count(connection.index, ClusterMetrics.HTTP2_STREAM_REFUSED);
        }
        fail(current, failure(errorCode));
    }

    private static UpstreamFailure failure(long errorCode) {
        if (errorCode == Http2Error.REFUSED_STREAM.code()) {
            return UpstreamFailure.REFUSED_STREAM;
        }
        return errorCode == Http2Error.PROTOCOL_ERROR.code()
                ? UpstreamFailure.PROTOCOL_ERROR
                : UpstreamFailure.REMOTE_RESET;
    }

    /** The stream is no more; where the answer is not complete, it never will be. */
    void closed(UpstreamFailure why) {
        closed = true;
        Stream current = stream;
        if (current == null || endHeld || ending) {
            return;
        }
        boolean unheard = why != UpstreamFailure.PROTOCOL_ERROR && !headed && connection.used();
        if (why == UpstreamFailure.PROTOCOL_ERROR) {
            connection.metrics.count(connection.index, ClusterMetrics.HTTP2_RX_MESSAGING_ERROR);
        }
        if (unheard && current.sendAgain()) {
            stream = null;
        } else {
            fail(current, why);
        }
    }

    private void fail(Stream current, UpstreamFailure why) {
        release();
        current.fail(why, why.detail());
    }

    /** Nothing of the answer is passed on any more. */
    private void release() {
        stream = null;
        held.clear();
        connection.consumed(opened(), unconsumed);
        unconsumed = 0;
    }

    void unblock() {
        if (stream != null) {
            stream.unblock();
        }
    }

    @Override
    public boolean send(ByteBuf data) {
        if (closed) {
            data.release();
            return true;
        }
        connection.write(outgoing, data);
        return closed || connection.writable(opened());
    }

    @Override
    public void endRequest(@Nullable Headers trailing) {
        if (closed) {
            return;
        }
        Stream current = stream;
        ending = hostEnded && current != null;
        if (trailing != null && trailing.size() > 0) {
            connection.end(outgoing, requestTrailers.trailers(trailing));
        } else {
            connection.end(outgoing, null);
        }
        if (ending && current != null) {
            ending = false;
            complete(current, null);
        }
    }

    @Override
    public void read(boolean on) {
        paused = !on;
        ByteBuf next = paused ? null : held.poll();
        while (next != null && stream != null) {
            stream.body(next);
            next = paused ? null : held.poll();
        }
        if (next != null) {
            next.release();
        }
        if (paused || opened == null) {
            return;
        }
        int consumed = unconsumed;
        unconsumed = 0;
        connection.consumed(opened(), consumed);
        if (endHeld && stream != null) {
            endHeld = false;
            ended(trailers);
        }
    }

    @Override
    public void abort() {
        if (stream == null) {
            return;
        }
        release();
        connection.metrics.count(connection.index, ClusterMetrics.RQ_TX_RESET);
        if (!closed) {
            connection.reset(opened(), Http2Error.CANCEL);
        } else {
            connection.reuse(this);
        }
    }
}
