package dev.wick.gateway.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;

/**
 * Streams of a connection that were reset from here since something was flushed last. What waits of
 * them is dropped before more is written: Netty would write it first of all, and so behind the
 * reset, where nothing may be (RFC 9113, 5.1). A stream whose other side is open counts until the
 * reset is in the socket, so that a host which does not read is sent no more of them. Confined to
 * the connection's loop.
 */
public final class Resets {

    private final Http2Connection connection;
    private final ArrayDeque<Http2Stream> streams = new ArrayDeque<>();

    public Resets(Http2Connection connection) {
        this.connection = connection;
    }

    /** A stream was reset; nothing where it is no more. */
    public void add(int streamId) {
        Http2Stream stream = connection.stream(streamId);
        if (stream != null) {
            streams.add(stream);
        }
    }

    /** What waits is about to be written: by a flush, or since SETTINGS make room for it. */
    public void drop() {
        for (Http2Stream stream = streams.poll(); stream != null; stream = streams.poll()) {
            stream.closeLocalSide();
        }
    }
}
