package dev.wick.store.slice;

/**
 * A host that a request names, in its place.
 *
 * @param listener a name
 * @param chain empty for the unnamed chain
 * @param host normalised, with its port where the request had one
 */
public record HostName(String listener, String chain, String host) {}
