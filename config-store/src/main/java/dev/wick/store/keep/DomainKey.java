package dev.wick.store.keep;

/**
 * A domain in its place: {@code listener} is a name or {@code *} (every HTTP listener), {@code
 * chain} may be empty (the unnamed chain), {@code domain} is normalised and may be a wildcard.
 */
public record DomainKey(String listener, String chain, String domain) {}
