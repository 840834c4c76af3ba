package dev.wick.gateway.snapshot;

import dev.wick.gateway.overload.GradientSettings;

/**
 * How many requests may run at once is found out.
 *
 * @param status the answer to what is more: 400-599
 */
public record ConcurrencySettings(GradientSettings gradient, int status) {}
