package dev.wick.model;

import java.util.List;

/**
 * An address and port on which a gateway accepts connections.
 *
 * @param address IP address to bind; default {@code 0.0.0.0}
 * @param port 1-65535
 * @param filterChains at least one; one unnamed chain by default
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto">Envoy's
 *     Listener</a>
 */
public record Listener(
        String name,
        String address,
        int port,
        Protocol protocol,
        List<FilterChain> filterChains,
        HttpOptions http)
        implements Document {

    public Listener {
        filterChains = List.copyOf(filterChains);
    }

    @Override
    public Kind kind() {
        return Kind.LISTENER;
    }

    /** What is spoken on a listener. */
    public enum Protocol {
        /** HTTP/1.1, and HTTP/2 by prior knowledge. */
        HTTP
    }
}
