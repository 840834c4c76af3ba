package dev.wick.model;

/**
 * A share of requests that {@link Runtime} may say.
 *
 * @param defaultValue holds where the key is not there
 * @param runtimeKey empty: the default holds always
 */
public record RuntimeFraction(FractionalPercent defaultValue, String runtimeKey) {}
