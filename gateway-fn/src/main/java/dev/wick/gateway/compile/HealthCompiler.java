package dev.wick.gateway.compile;

import dev.wick.gateway.health.CheckSettings;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.health.OutlierSettings;
import dev.wick.model.Cluster;
import dev.wick.model.HealthCheck;
import dev.wick.model.HealthCheck.StatusRange;
import dev.wick.model.OutlierDetection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a cluster's hosts are looked after. Pure; any thread. */
final class HealthCompiler {

    private HealthCompiler() {}

    static HealthSettings settings(Cluster cluster) {
        OutlierDetection outliers = cluster.health().outliers();
        List<HealthCheck> checks = cluster.health().checks();
        if (outliers == null && checks.isEmpty()) {
            return HealthSettings.NONE;
        }
        List<CheckSettings> compiled = new ArrayList<>(checks.size());
        for (HealthCheck check : checks) {
            compiled.add(check(cluster.name(), check));
        }
        return new HealthSettings(
                List.copyOf(compiled), outliers == null ? null : outliers(outliers));
    }

    private static CheckSettings check(String cluster, HealthCheck check) {
        long interval = check.interval().toMillis();
        long unhealthy = millis(check.unhealthyInterval(), interval);
        return new CheckSettings(
                check.timeout().toMillis(),
                interval,
                check.initialJitter().toMillis(),
                check.intervalJitter().toMillis(),
                check.intervalJitterPercent(),
                check.unhealthyThreshold(),
                check.healthyThreshold(),
                check.reuseConnection(),
                check.noTrafficInterval().toMillis(),
                unhealthy,
                millis(check.unhealthyEdgeInterval(), unhealthy),
                millis(check.healthyEdgeInterval(), interval),
                probe(cluster, check.probe()));
    }

    private static CheckSettings.Probe probe(String cluster, HealthCheck.Probe probe) {
        return switch (probe) {
            case HealthCheck.Http http -> http(cluster, http);
            case HealthCheck.Grpc grpc ->
                    new CheckSettings.Grpc(
                            grpc.authority() == null ? cluster : grpc.authority(),
                            grpc.serviceName());
            case HealthCheck.Tcp tcp ->
                    new CheckSettings.Tcp(
                            octets(tcp.send()),
                            tcp.receive().stream().map(HealthCompiler::octets).toList());
        };
    }

    private static CheckSettings.Http http(String cluster, HealthCheck.Http http) {
        String host = http.host();
        List<StatusRange> expected = http.expectedStatuses();
        return new CheckSettings.Http(
                http.codecClientType() == HealthCheck.CodecClientType.HTTP2,
                host == null ? cluster : host,
                http.path(),
                http.method(),
                expected.isEmpty() ? List.of(200, 201) : ranges(expected),
                ranges(http.retriableStatuses()));
    }

    private static List<Integer> ranges(List<StatusRange> ranges) {
        List<Integer> flat = new ArrayList<>();
        for (StatusRange range : ranges) {
            flat.add(range.start());
            flat.add(range.end());
        }
        return List.copyOf(flat);
    }

    private static String octets(String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long millis(@Nullable Duration time, long otherwise) {
        return time == null ? otherwise : time.toMillis();
    }

    private static OutlierSettings outliers(OutlierDetection outliers) {
        OutlierDetection.Enforcing enforcing = outliers.enforcing();
        return new OutlierSettings(
                outliers.consecutive5xx(),
                outliers.consecutiveGatewayFailure(),
                outliers.consecutiveLocalOriginFailure(),
                outliers.interval().toMillis(),
                outliers.baseEjectionTime().toMillis(),
                outliers.maxEjectionTime().toMillis(),
                outliers.maxEjectionTimeJitter().toMillis(),
                outliers.maxEjectionPercent(),
                outliers.alwaysEjectOneHost(),
                outliers.splitExternalLocalOriginErrors(),
                outliers.successfulActiveHealthCheckUnejectHost(),
                new OutlierSettings.Enforcing(
                        enforcing.consecutive5xx(),
                        enforcing.consecutiveGatewayFailure(),
                        enforcing.consecutiveLocalOriginFailure(),
                        enforcing.successRate(),
                        enforcing.localOriginSuccessRate(),
                        enforcing.failurePercentage(),
                        enforcing.failurePercentageLocalOrigin()),
                outliers.successRate().minimumHosts(),
                outliers.successRate().requestVolume(),
                outliers.successRate().stdevFactor(),
                outliers.failurePercentage().threshold(),
                outliers.failurePercentage().minimumHosts(),
                outliers.failurePercentage().requestVolume());
    }
}
