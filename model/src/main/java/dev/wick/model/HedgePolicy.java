package dev.wick.model;

/**
 * When a request is sent to a second host while the first has not answered yet.
 *
 * @param hedgeOnPerTryTimeout where a try takes too long, the next begins beside it and the first
 *     good answer wins; needs a retry policy with a {@code perTryTimeout}. Default false: that try
 *     is given up
 */
public record HedgePolicy(boolean hedgeOnPerTryTimeout) {}
