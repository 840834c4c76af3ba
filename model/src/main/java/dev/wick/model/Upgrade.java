package dev.wick.model;

import dev.wick.model.UpstreamConnections.ProxyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests may turn their connection into something else ({@code upgrades} of a listener or
 * of a route; what a route says of a type comes before what its listener says).
 *
 * @param type as {@code websocket}, without regard to case, or {@code CONNECT} for the method of
 *     that name
 * @param enabled default true
 * @param connectConfig of a route's CONNECT, which then ends at the gateway; null: it goes on to
 *     the cluster as CONNECT
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades">Envoy's
 *     upgrades</a>
 */
public record Upgrade(String type, boolean enabled, @Nullable ConnectConfig connectConfig) {

    /** That goes on to the cluster. */
    public Upgrade(String type, boolean enabled) {
        this(type, enabled, null);
    }

    /**
     * What CONNECT carries goes to a host of the cluster by plain TCP.
     *
     * @param proxyProtocolConfig in which version of the PROXY protocol the host is told first
     *     whose it is; null: it is not told
     * @param allowPost whether the body of a POST is treated likewise; default false
     */
    public record ConnectConfig(@Nullable ProxyVersion proxyProtocolConfig, boolean allowPost) {

        /** All defaults. */
        public static final ConnectConfig DEFAULT = new ConnectConfig(null, false);
    }
}
