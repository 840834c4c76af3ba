package dev.wick.model.wire;

import dev.wick.model.OutlierDetection;
import dev.wick.model.OutlierDetection.Enforcing;
import dev.wick.model.OutlierDetection.FailurePercentage;
import dev.wick.model.OutlierDetection.SuccessRate;
import dev.wick.model.check.HealthRules;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of outlier detection: one level in documents, as Envoy has it. */
final class OutlierShape {

    private static final Type<Integer> COUNT = Types.whole(0, 1_000_000);
    private static final Type<Integer> PERCENT = Types.whole(0, 100);

    private final ShapeBuilder<OutlierDetection> shape =
            new ShapeBuilder<>(
                    "OutlierDetection",
                    "Takes hosts out for a while that answer worse than they should.");

    private OutlierShape() {}

    static Shape<OutlierDetection> outliers() {
        return new OutlierShape().make();
    }

    private Slot<Integer> count(
            String field,
            Function<OutlierDetection, @Nullable Integer> value,
            int when,
            String says) {
        return shape.optional(field, COUNT, value, when, says);
    }

    private Slot<Integer> percent(
            String field,
            Function<OutlierDetection, @Nullable Integer> value,
            int when,
            String says) {
        return shape.optional(field, PERCENT, value, when, says);
    }

    private Slot<Duration> time(
            String field,
            Duration least,
            Function<OutlierDetection, @Nullable Duration> value,
            Duration when,
            String says) {
        return shape.optional(field, Types.duration(least, Texts.LONGEST), value, when, says);
    }

    private Shape<OutlierDetection> make() {
        Slot<Integer> consecutive5xx =
                count(
                        "consecutive5xx",
                        OutlierDetection::consecutive5xx,
                        5,
                        "Answers of 5xx in a row before a host is ejected.");
        Slot<Integer> gatewayFailure =
                count(
                        "consecutiveGatewayFailure",
                        OutlierDetection::consecutiveGatewayFailure,
                        5,
                        "The same of 502, 503 and 504.");
        Duration millisecond = Duration.ofMillis(1);
        Slot<Duration> interval =
                time(
                        "interval",
                        millisecond,
                        OutlierDetection::interval,
                        Duration.ofSeconds(10),
                        "From one look at the statistics to the next.");
        Slot<Duration> base =
                time(
                        "baseEjectionTime",
                        millisecond,
                        OutlierDetection::baseEjectionTime,
                        Duration.ofSeconds(30),
                        "Times the ejections in a row is how long a host stays out.");
        Slot<Duration> longest =
                time(
                        "maxEjectionTime",
                        millisecond,
                        OutlierDetection::maxEjectionTime,
                        Duration.ofSeconds(300),
                        "The longest ejection.");
        Slot<Duration> jitter =
                time(
                        "maxEjectionTimeJitter",
                        Duration.ZERO,
                        OutlierDetection::maxEjectionTimeJitter,
                        Duration.ZERO,
                        "A random part of this is added to it.");
        Slot<Integer> most =
                percent(
                        "maxEjectionPercent",
                        OutlierDetection::maxEjectionPercent,
                        10,
                        "Of the hosts, that may be out at once.");
        Slot<Boolean> one =
                shape.optional(
                        "alwaysEjectOneHost",
                        Types.truth(),
                        OutlierDetection::alwaysEjectOneHost,
                        false,
                        "Whether one may be out whatever maxEjectionPercent says.");
        Function<@Nullable Object[], Enforcing> enforcing = enforcing();
        Function<@Nullable Object[], SuccessRate> successRate = successRate();
        Function<@Nullable Object[], FailurePercentage> failures = failurePercentage();
        Slot<Boolean> split =
                shape.optional(
                        "splitExternalLocalOriginErrors",
                        Types.truth(),
                        OutlierDetection::splitExternalLocalOriginErrors,
                        false,
                        "Whether failures to reach a host count by themselves.");
        Slot<Integer> local =
                count(
                        "consecutiveLocalOriginFailure",
                        OutlierDetection::consecutiveLocalOriginFailure,
                        5,
                        "Failures to reach a host in a row before it is ejected.");
        Slot<Boolean> uneject =
                shape.optional(
                        "successfulActiveHealthCheckUnejectHost",
                        Types.truth(),
                        OutlierDetection::successfulActiveHealthCheckUnejectHost,
                        true,
                        "Whether a health check that succeeds ends an ejection.");
        shape.rule(HealthRules::outliers);
        return shape.make(
                v ->
                        new OutlierDetection(
                                consecutive5xx.of(v),
                                gatewayFailure.of(v),
                                interval.of(v),
                                base.of(v),
                                longest.of(v),
                                jitter.of(v),
                                most.of(v),
                                one.of(v),
                                enforcing.apply(v),
                                successRate.apply(v),
                                failures.apply(v),
                                split.of(v),
                                local.of(v),
                                uneject.of(v)));
    }

    private Function<@Nullable Object[], Enforcing> enforcing() {
        String says = "Percent of such ejections that are made.";
        Slot<Integer> consecutive5xx =
                percent("enforcingConsecutive5xx", o -> o.enforcing().consecutive5xx(), 100, says);
        Slot<Integer> gatewayFailure =
                percent(
                        "enforcingConsecutiveGatewayFailure",
                        o -> o.enforcing().consecutiveGatewayFailure(),
                        0,
                        says);
        Slot<Integer> local =
                percent(
                        "enforcingConsecutiveLocalOriginFailure",
                        o -> o.enforcing().consecutiveLocalOriginFailure(),
                        100,
                        says);
        Slot<Integer> rate =
                percent("enforcingSuccessRate", o -> o.enforcing().successRate(), 100, says);
        Slot<Integer> localRate =
                percent(
                        "enforcingLocalOriginSuccessRate",
                        o -> o.enforcing().localOriginSuccessRate(),
                        100,
                        says);
        Slot<Integer> failures =
                percent(
                        "enforcingFailurePercentage",
                        o -> o.enforcing().failurePercentage(),
                        0,
                        says);
        Slot<Integer> localFailures =
                percent(
                        "enforcingFailurePercentageLocalOrigin",
                        o -> o.enforcing().failurePercentageLocalOrigin(),
                        0,
                        says);
        return v ->
                new Enforcing(
                        consecutive5xx.of(v),
                        gatewayFailure.of(v),
                        local.of(v),
                        rate.of(v),
                        localRate.of(v),
                        failures.of(v),
                        localFailures.of(v));
    }

    private Function<@Nullable Object[], SuccessRate> successRate() {
        Slot<Integer> hosts =
                count(
                        "successRateMinimumHosts",
                        o -> o.successRate().minimumHosts(),
                        5,
                        "Hosts with enough requests, for any to be compared.");
        Slot<Integer> volume =
                count(
                        "successRateRequestVolume",
                        o -> o.successRate().requestVolume(),
                        100,
                        "Requests in an interval that are enough.");
        Slot<Integer> factor =
                count(
                        "successRateStdevFactor",
                        o -> o.successRate().stdevFactor(),
                        1_900,
                        "Thousandths of a standard deviation below the mean.");
        return v -> new SuccessRate(hosts.of(v), volume.of(v), factor.of(v));
    }

    private Function<@Nullable Object[], FailurePercentage> failurePercentage() {
        Slot<Integer> threshold =
                percent(
                        "failurePercentageThreshold",
                        o -> o.failurePercentage().threshold(),
                        85,
                        "Percent of failures from which on a host is out.");
        Slot<Integer> hosts =
                count(
                        "failurePercentageMinimumHosts",
                        o -> o.failurePercentage().minimumHosts(),
                        5,
                        "Hosts with enough requests, for any to be looked at.");
        Slot<Integer> volume =
                count(
                        "failurePercentageRequestVolume",
                        o -> o.failurePercentage().requestVolume(),
                        50,
                        "Requests in an interval that are enough.");
        return v -> new FailurePercentage(threshold.of(v), hosts.of(v), volume.of(v));
    }
}
