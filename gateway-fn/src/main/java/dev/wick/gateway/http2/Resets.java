package dev.wick.gateway.http2;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;

/**
 * Streams of a connection that were reset from here since something was flushed last. What waits of
 * them is dropped before it is: Netty would write it first of all, and so behind the reset, where
 * nothing may be (RFC 9113, 5.1). A stream whose other side is open counts until the reset is in
 * the socket, so that a host which does not read is sent no more of them. Confined to the
 * connection's loop.
 */
public final class Resets {

    private final Http2Connection connection;
    private final ArrayDeque<Http2Stream> streams = new ArrayDeque<>();

    public Resets(Http2Connection connection) {
        this.connection = connection;
    }

    /**
     * An encoder of the connection. What SETTINGS of the other side make room for Netty writes as
     * it reads them, without a flush.
     */
    public Http2ConnectionEncoder encoder(Http2FrameWriter writer) {
        return new DefaultHttp2ConnectionEncoder(connection, writer) {
            @Override
            public void remoteSettings(Http2Settings settings) throws Http2Exception {
                drop();
                super.remoteSettings(settings);
            }
        };
    }

    /** A stream was reset; nothing where it is no more. */
    public void add(int streamId) {
        Http2Stream stream = connection.stream(streamId);
        if (stream != null) {
            streams.add(stream);
        }
    }

    /** Something is about to be flushed. */
    public void drop() {
        for (Http2Stream stream = streams.poll(); stream != null; stream = streams.poll()) {
            stream.closeLocalSide();
        }
    }
}
