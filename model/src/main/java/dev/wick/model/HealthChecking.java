package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it is found out which of a cluster's hosts are well.
 *
 * @param checks {@code healthChecks}: a host is well where all of them say so; empty: none
 * @param outliers {@code outlierDetection}; null: none
 */
public record HealthChecking(List<HealthCheck> checks, @Nullable OutlierDetection outliers) {

    /** What holds where a document says nothing. */
    public static final HealthChecking DEFAULT = new HealthChecking(List.of(), null);

    public HealthChecking {
        checks = List.copyOf(checks);
    }
}
