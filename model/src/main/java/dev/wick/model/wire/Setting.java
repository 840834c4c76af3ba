package dev.wick.model.wire;

/**
 * What one field comes to.
 *
 * @param name where it stands, as {@code retryPolicy.retryBackOff.baseInterval}
 * @param value as documents write it, a text without its quotes; where a field is absent that has
 *     no default value, words for what holds then, as {@code none}
 * @param said whether it is there to be read; else it is the default
 */
public record Setting(String name, String value, boolean said) {}
