package dev.wick.gateway.edge;

import dev.wick.gateway.snapshot.AcceptanceSettings;
import dev.wick.gateway.snapshot.ChainSettings;
import dev.wick.gateway.snapshot.HttpSettings;

/**
 * What a listener is made of.
 *
 * @param address IP address to bind
 * @param port 1-65535; 0 for any that is free
 * @param chains how its connections are treated
 * @param acceptance what happens before
 */
public record ListenerSettings(
        String name,
        String address,
        int port,
        ChainSettings chains,
        AcceptanceSettings acceptance) {

    /** With one chain, accepting as by default. */
    public ListenerSettings(
            String name, String address, int port, String chain, HttpSettings http) {
        this(name, address, port, ChainSettings.single(chain, http), AcceptanceSettings.DEFAULT);
    }

    /** With all defaults. */
    public ListenerSettings(String name, String address, int port, String chain) {
        this(name, address, port, chain, HttpSettings.DEFAULT);
    }
}
