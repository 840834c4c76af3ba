package dev.wick.gateway.edge;

/**
 * What a listener is made of.
 *
 * @param address IP address to bind
 * @param port 1-65535; 0 for any that is free
 * @param chain the name of its filter chain; empty for the unnamed one
 */
public record ListenerSettings(String name, String address, int port, String chain) {}
