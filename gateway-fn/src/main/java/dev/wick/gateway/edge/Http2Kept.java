package dev.wick.gateway.edge;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.StreamByteDistributor;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Netty's distribution of a connection's window among its streams, which knows by the way how much
 * of each answer its client has not made room for. Confined to the loop of the connection.
 *
 * <p>Streams are equals: priorities are no more (RFC 9113, 5.3.2), and Envoy looks at none.
 */
final class Http2Kept implements StreamByteDistributor {

    private final StreamByteDistributor distributor;
    private final Http2Connection.PropertyKey key;

    /**
     * @param key of the {@link Http2ServerStream}s
     */
    Http2Kept(Http2Connection connection, Http2Connection.PropertyKey key) {
        this.distributor = new UniformStreamByteDistributor(connection);
        this.key = key;
    }

    @Override
    public void updateStreamableBytes(StreamState state) {
        Http2ServerStream known = state.stream().getProperty(key);
        if (known != null) {
            known.kept(state);
        }
        distributor.updateStreamableBytes(state);
    }

    @Override
    public void updateDependencyTree(
            int childStreamId, int parentStreamId, short weight, boolean exclusive) {
        distributor.updateDependencyTree(childStreamId, parentStreamId, weight, exclusive);
    }

    @Override
    public boolean distribute(int maxBytes, Writer writer) throws Http2Exception {
        return distributor.distribute(maxBytes, writer);
    }
}
