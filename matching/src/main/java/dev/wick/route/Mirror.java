package dev.wick.route;

/**
 * Where copies of requests go.
 *
 * @param slot of the cluster, in {@link RouteTable#clusters()}
 * @param perMillion how many of a million requests are copied; a million or more: all
 * @param suffix whether {@code -shadow} is appended to the host
 */
public record Mirror(int slot, int perMillion, boolean suffix) {

    /**
     * Whether one request is copied.
     *
     * @param random any number
     */
    public boolean takes(long random) {
        return perMillion >= 1_000_000 || Long.remainderUnsigned(random, 1_000_000) < perMillion;
    }
}
