package dev.wick.model;

/**
 * Where a copy of a request goes, whose answer nobody waits for: Envoy's {@code
 * RequestMirrorPolicy}.
 *
 * @param cluster name of a cluster
 * @param runtimeFraction the share of requests that is copied; default all
 * @param disableShadowHostSuffixAppend whether the copy keeps its host; else {@code -shadow} is
 *     appended to it; default false
 */
public record MirrorPolicy(
        String cluster, FractionalPercent runtimeFraction, boolean disableShadowHostSuffixAppend) {}
