package dev.wick.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address and port on which a gateway accepts connections.
 *
 * @param address IP address to bind; default {@code 0.0.0.0}
 * @param port 1-65535
 * @param filterChains at least one; one unnamed chain by default
 * @param defaultFilterChain takes what none of these takes; null: that is closed
 * @param http how HTTP is treated, where a chain says nothing
 * @param acceptance what happens before
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
        @Nullable FilterChain defaultFilterChain,
        HttpOptions http,
        Acceptance acceptance)
        implements Document {

    /** Without a default chain, and accepting as by default. */
    public Listener(
            String name,
            String address,
            int port,
            Protocol protocol,
            List<FilterChain> filterChains,
            HttpOptions http) {
        this(name, address, port, protocol, filterChains, null, http, Acceptance.DEFAULT);
    }

    public Listener {
        filterChains = List.copyOf(filterChains);
    }

    /** All chains, the default one last. */
    public List<FilterChain> allChains() {
        List<FilterChain> all = new ArrayList<>(filterChains);
        if (defaultFilterChain != null) {
            all.add(defaultFilterChain);
        }
        return all;
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
