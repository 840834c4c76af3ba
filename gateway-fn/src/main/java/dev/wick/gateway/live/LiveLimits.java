package dev.wick.gateway.live;

/**
 * How much an instance may remember; per instance.
 *
 * @param hosts names with a snapshot; beyond it the coldest go; default 10,000
 * @param unknown names that nobody serves; default 4,096
 * @param unknownMillis how long an unknown name is remembered; default 10,000
 * @param waiting requests that wait for a name; more are answered 503 at once; default 10,000
 */
public record LiveLimits(int hosts, int unknown, long unknownMillis, int waiting) {

    public static final LiveLimits DEFAULTS = new LiveLimits(10_000, 4_096, 10_000, 10_000);
}
