package dev.wick.gateway.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's hosts are looked after.
 *
 * @param checks a host is well where all of them say so; empty: none
 * @param outliers null: none
 */
public record HealthSettings(List<CheckSettings> checks, @Nullable OutlierSettings outliers) {

    public static final HealthSettings NONE = new HealthSettings(List.of(), null);

    // Written out: the generated ones load their bootstrap on the way to the first byte, and most
    // clusters have neither.

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof HealthSettings that
                && checks.equals(that.checks)
                && same(outliers, that.outliers);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == null ? other == null : one.equals(other);
    }

    @Override
    public int hashCode() {
        return checks.size();
    }
}
