package dev.wick.model;

import java.time.Duration;

/**
 * Takes hosts out for a while that answer worse than they should. Percentages are 0-100; counts of
 * 0 mean never.
 *
 * @param consecutive5xx default 5
 * @param consecutiveGatewayFailure of 502, 503, 504 in a row; default 5
 * @param interval above 0: from one look at the statistics to the next; default 10 s
 * @param baseEjectionTime times how often a host was ejected in a row is how long it stays out;
 *     default 30 s
 * @param maxEjectionTime the longest ejection; default 300 s
 * @param maxEjectionTimeJitter a random part of this is added; default 0
 * @param maxEjectionPercent of the cluster's hosts; default 10
 * @param alwaysEjectOneHost one host, whatever maxEjectionPercent says; default false
 * @param enforcing how often an ejection that is due is made
 * @param successRate what is compared among hosts
 * @param failurePercentage what is compared with a number
 * @param splitExternalLocalOriginErrors whether failures to reach a host count by themselves
 *     instead of as a 5xx; default false
 * @param consecutiveLocalOriginFailure default 5
 * @param successfulActiveHealthCheckUnejectHost default true
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto">Envoy's
 *     OutlierDetection</a>
 */
public record OutlierDetection(
        int consecutive5xx,
        int consecutiveGatewayFailure,
        Duration interval,
        Duration baseEjectionTime,
        Duration maxEjectionTime,
        Duration maxEjectionTimeJitter,
        int maxEjectionPercent,
        boolean alwaysEjectOneHost,
        Enforcing enforcing,
        SuccessRate successRate,
        FailurePercentage failurePercentage,
        boolean splitExternalLocalOriginErrors,
        int consecutiveLocalOriginFailure,
        boolean successfulActiveHealthCheckUnejectHost) {

    /**
     * Percent of the ejections due that are made.
     *
     * @param consecutive5xx default 100
     * @param consecutiveGatewayFailure default 0
     * @param consecutiveLocalOriginFailure default 100
     * @param successRate default 100
     * @param localOriginSuccessRate default 100
     * @param failurePercentage default 0
     * @param failurePercentageLocalOrigin default 0
     */
    public record Enforcing(
            int consecutive5xx,
            int consecutiveGatewayFailure,
            int consecutiveLocalOriginFailure,
            int successRate,
            int localOriginSuccessRate,
            int failurePercentage,
            int failurePercentageLocalOrigin) {}

    /**
     * @param minimumHosts with enough requests, for any to be compared; default 5
     * @param requestVolume requests in an interval that are enough; default 100
     * @param stdevFactor thousandths: a host is out whose rate is below the mean by more than so
     *     many standard deviations; default 1900
     */
    public record SuccessRate(int minimumHosts, int requestVolume, int stdevFactor) {}

    /**
     * @param threshold percent of failures from which on a host is out; default 85
     * @param minimumHosts as for the success rate; default 5
     * @param requestVolume as for the success rate; default 50
     */
    public record FailurePercentage(int threshold, int minimumHosts, int requestVolume) {}
}
