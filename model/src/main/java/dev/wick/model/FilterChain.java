package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * One of a listener's ways to treat a connection. Virtual hosts are looked up under (listener,
 * chain, domain).
 *
 * @param name unique within its listener; empty for the unnamed chain
 * @param match which connections it takes
 * @param http how it treats HTTP; null: as the listener says
 */
public record FilterChain(String name, FilterChainMatch match, @Nullable HttpOptions http) {

    /** The chain that a listener has when its document names none. */
    public static final FilterChain UNNAMED = new FilterChain("");

    /** Takes every connection. */
    public FilterChain(String name) {
        this(name, FilterChainMatch.ANY, null);
    }
}
