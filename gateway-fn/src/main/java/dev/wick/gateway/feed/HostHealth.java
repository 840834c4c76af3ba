package dev.wick.gateway.feed;

/**
 * What an instance has found of a host: this one, or another before it.
 *
 * @param address as {@code 10.0.0.1:80}
 * @param failedCheck whether its active health checks fail
 * @param ejected whether it is ejected as an outlier
 * @param ageMillis since it was ejected, or since it was checked
 * @param leftMillis for how long it is ejected yet; negative: unknown
 */
public record HostHealth(
        String cluster,
        String address,
        boolean failedCheck,
        boolean ejected,
        long ageMillis,
        long leftMillis) {}
