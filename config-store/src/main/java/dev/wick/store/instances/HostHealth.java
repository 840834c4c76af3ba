package dev.wick.store.instances;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an instance has found of a host that it looks after.
 *
 * @param address as {@code 10.0.0.1:80}
 * @param failedCheck whether its active health checks fail
 * @param ejected whether it is ejected as an outlier
 * @param age since it was ejected, or since it was checked
 * @param left for how long it is ejected yet; null: the instance does not say
 */
public record HostHealth(
        String cluster,
        String address,
        boolean failedCheck,
        boolean ejected,
        Duration age,
        @Nullable Duration left) {

    /** The same, so much later. */
    HostHealth after(Duration time) {
        Duration rest = left == null ? null : left.minus(time);
        boolean over = rest != null && rest.isNegative();
        return new HostHealth(
                cluster,
                address,
                failedCheck,
                ejected && !over,
                age.plus(time),
                over ? null : rest);
    }
}
