package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.HealthCheck;
import dev.wick.model.HealthCheck.CodecClientType;
import dev.wick.model.HealthCheck.Grpc;
import dev.wick.model.HealthCheck.Http;
import dev.wick.model.HealthCheck.Probe;
import dev.wick.model.HealthCheck.StatusRange;
import dev.wick.model.HealthCheck.Tcp;
import dev.wick.model.HealthChecking;
import dev.wick.model.OutlierDetection;
import dev.wick.model.check.HealthRules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster that say how its hosts' health is found out. */
final class HealthShapes {

    private static final Type<Duration> TIME = Types.duration(Duration.ofMillis(1), Texts.LONGEST);
    private static final Type<Duration> TIME_OR_NONE = Types.duration(Duration.ZERO, Texts.LONGEST);
    private static final Type<Integer> THRESHOLD = Types.whole(1, 1_000_000);
    private static final Type<String> HEX =
            Types.text(0, 8_192, "^([0-9A-Fa-f]{2})*$", "octets in hexadecimal, as 0AFF");

    private HealthShapes() {}

    static Function<@Nullable Object[], HealthChecking> add(ShapeBuilder<Cluster> shape) {
        Slot<List<HealthCheck>> checks =
                shape.optional(
                        "healthChecks",
                        Types.list(new Later<>(HealthShapes::check), 0),
                        cluster -> cluster.health().checks(),
                        List.of(),
                        "Asks each host again and again whether it is well; all must say so.");
        Slot<@Nullable OutlierDetection> outliers =
                shape.nullable(
                        "outlierDetection",
                        new Later<>(OutlierShape::outliers),
                        cluster -> cluster.health().outliers(),
                        "Takes hosts out for a while that answer worse than they should.");
        return v -> new HealthChecking(checks.of(v), outliers.of(v));
    }

    private static Shape<HealthCheck> check() {
        Choice<Probe> probes =
                new Choice<Probe>()
                        .or(
                                "httpHealthCheck",
                                http(),
                                p -> p,
                                p -> p instanceof Http h ? h : null,
                                "A request by HTTP.")
                        .or(
                                "grpcHealthCheck",
                                grpc(),
                                p -> p,
                                p -> p instanceof Grpc g ? g : null,
                                "A question to grpc.health.v1.Health.")
                        .or(
                                "tcpHealthCheck",
                                tcp(),
                                p -> p,
                                p -> p instanceof Tcp t ? t : null,
                                "A connection, and what is said on it.");
        ShapeBuilder<HealthCheck> shape =
                new ShapeBuilder<>("HealthCheck", "Asks each host whether it is well.");
        Slot<Duration> timeout =
                shape.required("timeout", TIME, HealthCheck::timeout, "Of one check.");
        Slot<Duration> interval =
                shape.required(
                        "interval", TIME, HealthCheck::interval, "From one check to the next.");
        Slot<Duration> initialJitter =
                shape.optional(
                        "initialJitter",
                        TIME_OR_NONE,
                        HealthCheck::initialJitter,
                        Duration.ZERO,
                        "The first check is made at a random time within this.");
        Slot<Duration> intervalJitter =
                shape.optional(
                        "intervalJitter",
                        TIME_OR_NONE,
                        HealthCheck::intervalJitter,
                        Duration.ZERO,
                        "A random part of this is added to each interval.");
        Slot<Integer> jitterPercent =
                shape.optional(
                        "intervalJitterPercent",
                        Types.whole(0, 100),
                        HealthCheck::intervalJitterPercent,
                        0,
                        "A random part of so many percent of the interval is added to it.");
        Slot<Integer> unhealthy =
                shape.required(
                        "unhealthyThreshold",
                        THRESHOLD,
                        HealthCheck::unhealthyThreshold,
                        "Failures in a row before a host is unhealthy; a status that is not expected"
                                + " makes it so at once.");
        Slot<Integer> healthy =
                shape.required(
                        "healthyThreshold",
                        THRESHOLD,
                        HealthCheck::healthyThreshold,
                        "Successes in a row before a host is healthy again.");
        Slot<Boolean> reuse =
                shape.optional(
                        "reuseConnection",
                        Types.truth(),
                        HealthCheck::reuseConnection,
                        true,
                        "Whether checks share a connection.");
        Slot<Duration> noTraffic =
                shape.optional(
                        "noTrafficInterval",
                        TIME,
                        HealthCheck::noTrafficInterval,
                        HealthCheck.DEFAULT_NO_TRAFFIC_INTERVAL,
                        "The interval while the cluster has had no request.");
        Slot<@Nullable Duration> unhealthyInterval =
                shape.nullable(
                        "unhealthyInterval",
                        TIME,
                        HealthCheck::unhealthyInterval,
                        "The interval for an unhealthy host; by default the interval.",
                        "as interval");
        Slot<@Nullable Duration> unhealthyEdge =
                shape.nullable(
                        "unhealthyEdgeInterval",
                        TIME,
                        HealthCheck::unhealthyEdgeInterval,
                        "The interval right after a host became unhealthy.",
                        "as unhealthyInterval");
        Slot<@Nullable Duration> healthyEdge =
                shape.nullable(
                        "healthyEdgeInterval",
                        TIME,
                        HealthCheck::healthyEdgeInterval,
                        "The interval right after a host became healthy.",
                        "as interval");
        Slot<Probe> probe = shape.oneOf(probes, HealthCheck::probe);
        shape.rule(HealthRules::check);
        return shape.make(
                v ->
                        new HealthCheck(
                                timeout.of(v),
                                interval.of(v),
                                initialJitter.of(v),
                                intervalJitter.of(v),
                                jitterPercent.of(v),
                                unhealthy.of(v),
                                healthy.of(v),
                                reuse.of(v),
                                noTraffic.of(v),
                                unhealthyInterval.of(v),
                                unhealthyEdge.of(v),
                                healthyEdge.of(v),
                                probe.of(v)));
    }

    private static Shape<Http> http() {
        Type<List<StatusRange>> statuses = Types.list(statusRange(), 0);
        ShapeBuilder<Http> shape = new ShapeBuilder<>("HttpHealthCheck", "A request by HTTP.");
        Slot<CodecClientType> codec =
                shape.optional(
                        "codecClientType",
                        Types.oneOf(CodecClientType.values()),
                        Http::codecClientType,
                        CodecClientType.HTTP1,
                        "By HTTP/1.1, or by HTTP/2 with prior knowledge.");
        Slot<@Nullable String> host =
                shape.nullable(
                        "host",
                        Types.text(1, 260),
                        Http::host,
                        "The Host header; by default the cluster's name.",
                        "the cluster's name");
        Slot<String> path = shape.required("path", Texts.PATH, Http::path, "What is asked for.");
        Slot<String> method =
                shape.optional(
                        "method",
                        Types.text(1, 32, "^[A-Z]+$", "a method, as GET"),
                        Http::method,
                        "GET",
                        "Of the request; not CONNECT.");
        Slot<List<StatusRange>> expected =
                shape.optional(
                        "expectedStatuses",
                        statuses,
                        Http::expectedStatuses,
                        List.of(),
                        "Statuses of a host that is well; by default 200.",
                        "200");
        Slot<List<StatusRange>> retriable =
                shape.optional(
                        "retriableStatuses",
                        statuses,
                        Http::retriableStatuses,
                        List.of(),
                        "Statuses that count towards unhealthyThreshold.");
        shape.rule(HealthRules::http);
        return shape.make(
                v ->
                        new Http(
                                codec.of(v),
                                host.of(v),
                                path.of(v),
                                method.of(v),
                                expected.of(v),
                                retriable.of(v)));
    }

    private static Shape<StatusRange> statusRange() {
        ShapeBuilder<StatusRange> shape = new ShapeBuilder<>("StatusRange", "Statuses.");
        Slot<Integer> start =
                shape.required(
                        "start", Types.whole(100, 599), StatusRange::start, "The first of them.");
        Slot<Integer> end =
                shape.required(
                        "end", Types.whole(101, 600), StatusRange::end, "The first behind them.");
        shape.rule(HealthRules::statusRange);
        return shape.make(v -> new StatusRange(start.of(v), end.of(v)));
    }

    private static Shape<Grpc> grpc() {
        ShapeBuilder<Grpc> shape =
                new ShapeBuilder<>("GrpcHealthCheck", "A question to grpc.health.v1.Health.");
        Slot<String> service =
                shape.optional(
                        "serviceName",
                        Types.text(0, 1_024),
                        Grpc::serviceName,
                        "",
                        "Which service is asked about; by default the server as a whole.");
        Slot<@Nullable String> authority =
                shape.nullable(
                        "authority",
                        Types.text(1, 260),
                        Grpc::authority,
                        "Which :authority is asked; by default the cluster's name.",
                        "the cluster's name");
        shape.rule(HealthRules::grpc);
        return shape.make(v -> new Grpc(service.of(v), authority.of(v)));
    }

    private static Shape<Tcp> tcp() {
        ShapeBuilder<Tcp> shape =
                new ShapeBuilder<>("TcpHealthCheck", "A connection, and what is said on it.");
        Slot<String> send =
                shape.optional("send", HEX, Tcp::send, "", "Octets to send, in hexadecimal.");
        Slot<List<String>> receive =
                shape.optional(
                        "receive",
                        Types.list(HEX, 0),
                        Tcp::receive,
                        List.of(),
                        "Octets that must come, in this order, in hexadecimal.");
        shape.rule(HealthRules::tcp);
        return shape.make(v -> new Tcp(send.of(v), receive.of(v)));
    }
}
