package dev.wick.gateway.edge;

import io.netty.handler.codec.http2.DefaultHttp2Connection;

/**
 * The streams of a client's connection. Netty forgets those that it refused before it opened them,
 * and would end the connection for what a client had sent on one before it knew. Confined to the
 * connection's loop.
 */
final class ClientStreams extends DefaultHttp2Connection {

    private final SkippedStreams skipped = new SkippedStreams();

    ClientStreams() {
        super(true);
        addListener(skipped);
    }

    SkippedStreams skipped() {
        return skipped;
    }

    @Override
    public boolean streamMayHaveExisted(int stream) {
        return super.streamMayHaveExisted(stream) || skipped.wasUsed(stream);
    }
}
