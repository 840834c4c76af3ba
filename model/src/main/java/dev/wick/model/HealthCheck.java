package dev.wick.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks each host of a cluster again and again whether it is well.
 *
 * @param timeout above 0: how long one check may take
 * @param interval above 0: from the end of a check to the next one
 * @param initialJitter the first check is made at a random time within this
 * @param intervalJitter a random part of this is added to each interval
 * @param intervalJitterPercent 0-100: a random part of so many percent of the interval is added
 * @param unhealthyThreshold 1 or more: failures in a row before a host is unhealthy; a status that
 *     is not expected makes it so at once
 * @param healthyThreshold 1 or more: successes in a row before a host is healthy again; the first
 *     check of all needs one
 * @param reuseConnection default true
 * @param noTrafficInterval instead of the interval while the cluster has had no request; default 60
 *     s
 * @param unhealthyInterval instead of the interval for an unhealthy host; null: the interval
 * @param unhealthyEdgeInterval the same, right after it became so; null: unhealthyInterval
 * @param healthyEdgeInterval right after a host became healthy; null: the interval
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/health_check.proto">Envoy's
 *     HealthCheck</a>
 */
public record HealthCheck(
        Duration timeout,
        Duration interval,
        Duration initialJitter,
        Duration intervalJitter,
        int intervalJitterPercent,
        int unhealthyThreshold,
        int healthyThreshold,
        boolean reuseConnection,
        Duration noTrafficInterval,
        @Nullable Duration unhealthyInterval,
        @Nullable Duration unhealthyEdgeInterval,
        @Nullable Duration healthyEdgeInterval,
        Probe probe) {

    /** Envoy's default. */
    public static final Duration DEFAULT_NO_TRAFFIC_INTERVAL = Duration.ofSeconds(60);

    /** What is asked, and what counts as well. */
    public sealed interface Probe {}

    /**
     * A request by HTTP ({@code httpHealthCheck}).
     *
     * @param codecClientType default HTTP1
     * @param host null: the cluster's name
     * @param path path and query, from its slash on
     * @param method default GET; not CONNECT
     * @param expectedStatuses empty: 200
     * @param retriableStatuses those that count towards the unhealthy threshold, where others make
     *     a host unhealthy at once
     */
    public record Http(
            CodecClientType codecClientType,
            @Nullable String host,
            String path,
            String method,
            List<StatusRange> expectedStatuses,
            List<StatusRange> retriableStatuses)
            implements Probe {

        public Http {
            expectedStatuses = List.copyOf(expectedStatuses);
            retriableStatuses = List.copyOf(retriableStatuses);
        }
    }

    /** By which HTTP hosts are asked; Envoy's names. */
    public enum CodecClientType {
        HTTP1,
        HTTP2
    }

    /**
     * A question to gRPC's health service, by HTTP/2 ({@code grpcHealthCheck}).
     *
     * @param serviceName empty: the server as a whole
     * @param authority null: the cluster's name
     */
    public record Grpc(String serviceName, @Nullable String authority) implements Probe {}

    /**
     * A connection, and what is said on it ({@code tcpHealthCheck}).
     *
     * @param send octets in hexadecimal; empty: none
     * @param receive octets in hexadecimal that must come, one after the other, with anything in
     *     between; empty: a connection is enough
     */
    public record Tcp(String send, List<String> receive) implements Probe {

        public Tcp {
            receive = List.copyOf(receive);
        }
    }

    /**
     * Statuses.
     *
     * @param start 100-599, included
     * @param end above start, at most 600, not included
     */
    public record StatusRange(int start, int end) {}
}
