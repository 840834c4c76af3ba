package dev.wick.model;

/**
 * A condition on a cookie of the request: the first of its name. A cookie that is missing passes no
 * test but {@code present: false}, and so every inverted one, as in Envoy.
 *
 * @param name case matters
 */
public record CookieMatch(String name, ValueMatch value, boolean invert) {}
