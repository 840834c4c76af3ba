package dev.wick.model;

/**
 * A condition on a header. Several values of one name are joined with {@code ,} first, as Envoy
 * does. Where the header is missing only {@code present} can hold, {@code invert} or not.
 *
 * @param name case does not matter
 */
public record HeaderMatch(String name, ValueMatch value, boolean invert) {}
