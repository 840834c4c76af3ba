package dev.wick.gateway.compile;

import dev.wick.gateway.upstream.ConnectionSettings;
import dev.wick.gateway.upstream.SocketSettings;
import dev.wick.gateway.upstream.UpstreamHttp;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamProtocol;
import org.jspecify.annotations.Nullable;

/** From what a document says of the protocol of a cluster's hosts to what connections go by. */
final class UpstreamProtocols {

    private UpstreamProtocols() {}

    static ConnectionSettings of(UpstreamProtocol protocol) {
        if (protocol == UpstreamProtocol.DEFAULT) {
            return ConnectionSettings.DEFAULT;
        }
        UpstreamProtocol.Common common = protocol.common();
        UpstreamProtocol.@Nullable Choice explicit = protocol.explicit();
        UpstreamProtocol.@Nullable Choice options =
                explicit == null ? protocol.downstream() : explicit;
        UpstreamProtocol.@Nullable Http1 http1 = options == null ? null : options.http1();
        UpstreamProtocol.@Nullable Http2 http2 = options == null ? null : options.http2();
        return new ConnectionSettings(
                http(protocol),
                common.idleTimeout().toMillis(),
                common.maxConnectionDuration().toMillis(),
                common.maxRequestsPerConnection(),
                common.maxStreamDuration().toMillis(),
                http1 != null && http1.enableTrailers(),
                NameFormats.of(http1 == null ? null : http1.headerKeyFormat()),
                http2 == null ? ConnectionSettings.Http2Limits.DEFAULT : limits(http2),
                socket(protocol.connections()));
    }

    private static SocketSettings socket(UpstreamConnections connections) {
        if (connections == UpstreamConnections.DEFAULT) {
            return SocketSettings.DEFAULT;
        }
        UpstreamConnections.@Nullable TcpKeepalive keepalive = connections.tcpKeepalive();
        UpstreamConnections.@Nullable ProxyVersion proxy = connections.proxyProtocol();
        return new SocketSettings(
                connections.preconnect().perUpstream(),
                connections.preconnect().predictive(),
                connections.sourceAddress(),
                keepalive != null,
                keepalive == null ? 0 : keepalive.probes(),
                keepalive == null ? 0 : (int) keepalive.time().toSeconds(),
                keepalive == null ? 0 : (int) keepalive.interval().toSeconds(),
                connections.bufferLimit(),
                proxy == null ? 0 : proxy.ordinal() + 1);
    }

    private static UpstreamHttp http(UpstreamProtocol protocol) {
        if (protocol.downstream() != null) {
            return UpstreamHttp.DOWNSTREAM;
        }
        UpstreamProtocol.@Nullable Choice explicit = protocol.explicit();
        return explicit != null && explicit.http2() != null
                ? UpstreamHttp.HTTP2
                : UpstreamHttp.HTTP1;
    }

    private static ConnectionSettings.Http2Limits limits(UpstreamProtocol.Http2 http2) {
        UpstreamProtocol.@Nullable Keepalive keepalive = http2.connectionKeepalive();
        return new ConnectionSettings.Http2Limits(
                http2.maxConcurrentStreams(),
                http2.initialStreamWindowSize(),
                http2.initialConnectionWindowSize(),
                http2.hpackTableSize(),
                keepalive == null ? 0 : keepalive.interval().toMillis(),
                keepalive == null ? 0 : keepalive.timeout().toMillis());
    }
}
