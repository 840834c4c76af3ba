package dev.wick.gateway.upstream;

/**
 * What an instance has found of a host that it looks after.
 *
 * @param address as {@code 10.0.0.1:80}
 * @param failedCheck whether its active health checks fail
 * @param ejected whether it is ejected as an outlier
 * @param ageMillis since it was ejected, or since it was checked
 * @param leftMillis for how long it is ejected yet; negative: unknown
 */
public record HostHealth(
        String address, boolean failedCheck, boolean ejected, long ageMillis, long leftMillis) {

    /** Whether it gets no requests for this. */
    public boolean unwell() {
        return failedCheck || ejected;
    }
}
