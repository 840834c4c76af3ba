package dev.wick.gateway.health;

import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric.Counter;

/** Why a host is to be ejected. */
enum Cause {
    CONSECUTIVE_5XX(
            ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_5XX,
            ClusterMetrics.EJECTIONS_ENFORCED_CONSECUTIVE_5XX),
    GATEWAY_FAILURE(
            ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_GATEWAY_FAILURE,
            ClusterMetrics.EJECTIONS_ENFORCED_CONSECUTIVE_GATEWAY_FAILURE),
    LOCAL_ORIGIN_FAILURE(
            ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_LOCAL_ORIGIN_FAILURE,
            ClusterMetrics.EJECTIONS_ENFORCED_CONSECUTIVE_LOCAL_ORIGIN_FAILURE),
    SUCCESS_RATE(
            ClusterMetrics.EJECTIONS_DETECTED_SUCCESS_RATE,
            ClusterMetrics.EJECTIONS_ENFORCED_SUCCESS_RATE),
    LOCAL_ORIGIN_SUCCESS_RATE(
            ClusterMetrics.EJECTIONS_DETECTED_LOCAL_ORIGIN_SUCCESS_RATE,
            ClusterMetrics.EJECTIONS_ENFORCED_LOCAL_ORIGIN_SUCCESS_RATE),
    FAILURE_PERCENTAGE(
            ClusterMetrics.EJECTIONS_DETECTED_FAILURE_PERCENTAGE,
            ClusterMetrics.EJECTIONS_ENFORCED_FAILURE_PERCENTAGE),
    LOCAL_ORIGIN_FAILURE_PERCENTAGE(
            ClusterMetrics.EJECTIONS_DETECTED_LOCAL_ORIGIN_FAILURE_PERCENTAGE,
            ClusterMetrics.EJECTIONS_ENFORCED_LOCAL_ORIGIN_FAILURE_PERCENTAGE);

    private final Counter detected;
    private final Counter enforced;

    Cause(Counter detected, Counter enforced) {
        this.detected = detected;
        this.enforced = enforced;
    }

    /** Counts ejections that were due. */
    Counter detected() {
        return detected;
    }

    /** Counts ejections that were made. */
    Counter enforced() {
        return enforced;
    }

    /** Percent of such ejections that are made. */
    int percent(OutlierSettings settings) {
        OutlierSettings.Enforcing enforcing = settings.enforcing();
        return switch (this) {
            case CONSECUTIVE_5XX -> enforcing.consecutive5xx();
            case GATEWAY_FAILURE -> enforcing.consecutiveGatewayFailure();
            case LOCAL_ORIGIN_FAILURE -> enforcing.consecutiveLocalOriginFailure();
            case SUCCESS_RATE -> enforcing.successRate();
            case LOCAL_ORIGIN_SUCCESS_RATE -> enforcing.localOriginSuccessRate();
            case FAILURE_PERCENTAGE -> enforcing.failurePercentage();
            case LOCAL_ORIGIN_FAILURE_PERCENTAGE -> enforcing.localOriginFailurePercentage();
        };
    }

    /** The row that led here begins anew. */
    void forget(Monitor monitor) {
        switch (this) {
            case CONSECUTIVE_5XX -> monitor.consecutive5xx.set(0);
            case GATEWAY_FAILURE -> monitor.consecutiveGateway.set(0);
            case LOCAL_ORIGIN_FAILURE -> monitor.consecutiveLocal.set(0);
            case SUCCESS_RATE,
                    LOCAL_ORIGIN_SUCCESS_RATE,
                    FAILURE_PERCENTAGE,
                    LOCAL_ORIGIN_FAILURE_PERCENTAGE -> {}
        }
    }
}
