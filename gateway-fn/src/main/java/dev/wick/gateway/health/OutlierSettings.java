package dev.wick.gateway.health;

/**
 * Envoy's outlier detection, times in milliseconds, percentages 0-100; a count of 0 means never.
 *
 * @param stdevFactor thousandths
 */
public record OutlierSettings(
        int consecutive5xx,
        int consecutiveGatewayFailure,
        int consecutiveLocalOriginFailure,
        long intervalMillis,
        long baseEjectionMillis,
        long maxEjectionMillis,
        long ejectionJitterMillis,
        int maxEjectionPercent,
        boolean alwaysEjectOneHost,
        boolean splitLocalOrigin,
        boolean checkUnejects,
        Enforcing enforcing,
        int successRateHosts,
        int successRateVolume,
        int stdevFactor,
        int failureThreshold,
        int failureHosts,
        int failureVolume) {

    /** Percent of the ejections due that are made. */
    public record Enforcing(
            int consecutive5xx,
            int consecutiveGatewayFailure,
            int consecutiveLocalOriginFailure,
            int successRate,
            int localOriginSuccessRate,
            int failurePercentage,
            int localOriginFailurePercentage) {}
}
