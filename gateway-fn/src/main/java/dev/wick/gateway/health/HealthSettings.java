package dev.wick.gateway.health;

import org.jspecify.annotations.Nullable;

/**
 * How a cluster's hosts are looked after.
 *
 * @param check null: none
 * @param outliers null: none
 */
public record HealthSettings(@Nullable CheckSettings check, @Nullable OutlierSettings outliers) {

    public static final HealthSettings NONE = new HealthSettings(null, null);

    // Written out: the generated ones load their bootstrap on the way to the first byte, and most
    // clusters have neither.

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof HealthSettings that
                && same(check, that.check)
                && same(outliers, that.outliers);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == null ? other == null : one.equals(other);
    }

    @Override
    public int hashCode() {
        return check == null ? 0 : check.probe().hashCode();
    }
}
