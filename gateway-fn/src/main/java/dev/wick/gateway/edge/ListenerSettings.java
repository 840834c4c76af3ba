package dev.wick.gateway.edge;

import dev.wick.gateway.snapshot.HttpSettings;

/**
 * What a listener is made of.
 *
 * @param address IP address to bind
 * @param port 1-65535; 0 for any that is free
 * @param chain the name of its filter chain; empty for the unnamed one
 */
public record ListenerSettings(
        String name, String address, int port, String chain, HttpSettings http) {

    /** With all defaults. */
    public ListenerSettings(String name, String address, int port, String chain) {
        this(name, address, port, chain, HttpSettings.DEFAULT);
    }
}
