package dev.wick.model;

/**
 * A condition on a query parameter: the first of its name, as sent (not percent-decoded).
 *
 * @param name case matters
 */
public record QueryMatch(String name, ValueMatch value) {}
