package dev.wick.model;

/**
 * One of a listener's ways to treat a connection. Virtual hosts are looked up under (listener,
 * chain, domain).
 *
 * @param name unique within its listener; empty for the unnamed chain
 */
public record FilterChain(String name) {

    /** The chain that a listener has when its document names none. */
    public static final FilterChain UNNAMED = new FilterChain("");
}
