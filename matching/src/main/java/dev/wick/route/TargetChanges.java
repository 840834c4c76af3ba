package dev.wick.route;

/** Changes to the headers of what goes to one of the clusters among which requests are split. */
public record TargetChanges(HeaderChanges request, HeaderChanges response) {}
