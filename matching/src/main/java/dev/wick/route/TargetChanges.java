package dev.wick.route;

import org.jspecify.annotations.Nullable;

/**
 * What is different for what goes to one of the clusters among which requests are split.
 *
 * @param hostChoice what is said of the host, instead of what the route says; null: nothing else
 */
public record TargetChanges(
        HeaderChanges request, HeaderChanges response, @Nullable HostChoice hostChoice) {}
