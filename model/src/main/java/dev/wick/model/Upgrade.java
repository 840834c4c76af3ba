package dev.wick.model;

/**
 * Whether requests may turn their connection into something else ({@code upgrades} of a listener or
 * of a route; what a route says of a type comes before what its listener says).
 *
 * @param type as {@code websocket}, without regard to case, or {@code CONNECT} for the method of
 *     that name
 * @param enabled default true
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades">Envoy's
 *     upgrades</a>
 */
public record Upgrade(String type, boolean enabled) {}
