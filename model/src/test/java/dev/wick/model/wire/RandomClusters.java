package dev.wick.model.wire;

import dev.wick.model.Balancing;
import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.HeaderKeyFormat;
import dev.wick.model.HealthCheck;
import dev.wick.model.HealthChecking;
import dev.wick.model.LoadBalancing;
import dev.wick.model.Locality;
import dev.wick.model.OutlierDetection;
import dev.wick.model.RoutingPriority;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sound clusters with all fields, and their hosts. */
abstract class RandomClusters extends RandomValues {

    RandomClusters(long seed) {
        super(seed);
    }

    @Nullable HeaderKeyFormat names() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> HeaderKeyFormat.PROPER_CASE_WORDS;
            default ->
                    new HeaderKeyFormat(
                            new HeaderKeyFormat.PreserveCase(
                                    random.nextBoolean(),
                                    pick(HeaderKeyFormat.FormatterType.values())));
        };
    }

    Endpoints hosts() {
        return new Endpoints(
                name(),
                list(() -> endpoint("10.0.0.1", 1 + names++)),
                list(
                        () ->
                                new LoadBalancing.LocalityWeight(
                                        new Locality("r" + names++, "", ""), 0, 3)),
                100 + random.nextInt(100));
    }

    Endpoint endpoint(String address, int port) {
        return random.nextBoolean()
                ? new Endpoint(address, port)
                : new Endpoint(
                        address,
                        port,
                        pick("", "host"),
                        1 + random.nextInt(9),
                        random.nextInt(4),
                        new Locality(pick("", "eu"), pick("", "a"), ""),
                        pick(Endpoint.HealthStatus.values()),
                        random.nextBoolean() ? Map.of() : Map.of("stage", "\"p\"", "v", "2"));
    }

    Cluster cluster() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String address = pick("127.0.0.1", "::1", "example.com", "a_b.svc.cluster.local");
            endpoints.add(endpoint(address, 1 + i * 1_000 + random.nextInt(1_000)));
        }
        LoadBalancing.Policy policy = pick(LoadBalancing.Policy.values());
        return new Cluster(
                name(),
                endpoints,
                new LoadBalancing(policy),
                duration(1),
                protocol(),
                circuitBreakers(),
                health());
    }

    CircuitBreakers circuitBreakers() {
        List<CircuitBreakers.Thresholds> thresholds = new ArrayList<>();
        for (RoutingPriority priority : RoutingPriority.values()) {
            if (random.nextBoolean()) {
                thresholds.add(
                        new CircuitBreakers.Thresholds(
                                priority,
                                random.nextInt(9),
                                random.nextInt(9),
                                1_024,
                                random.nextInt(9),
                                maybe(() -> new CircuitBreakers.RetryBudget(12.5, 4)),
                                random.nextBoolean(),
                                1 + random.nextInt(9)));
            }
        }
        return new CircuitBreakers(thresholds);
    }

    HealthChecking health() {
        return new HealthChecking(list(this::healthCheck), maybe(this::outliers));
    }

    HealthCheck.Probe probe() {
        return random.nextBoolean()
                ? new HealthCheck.Tcp("0a", List.of("ff", "00"))
                : new HealthCheck.Http(
                        pick(HealthCheck.CodecClientType.values()),
                        maybe(() -> "h.test:80"),
                        "/healthz?x",
                        pick("GET", "HEAD"),
                        list(() -> new HealthCheck.StatusRange(200, 201 + names++ % 300)),
                        List.of());
    }

    HealthCheck healthCheck() {
        return new HealthCheck(
                duration(1),
                duration(1),
                duration(0),
                duration(0),
                random.nextInt(101),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextBoolean(),
                duration(1),
                maybe(() -> duration(1)),
                maybe(() -> duration(1)),
                maybe(() -> duration(1)),
                probe());
    }

    OutlierDetection outliers() {
        return new OutlierDetection(
                random.nextInt(9),
                random.nextInt(9),
                duration(1),
                duration(1),
                duration(1),
                duration(0),
                random.nextInt(101),
                random.nextBoolean(),
                new OutlierDetection.Enforcing(100, 0, random.nextInt(101), 1, 2, 3, 4),
                new OutlierDetection.SuccessRate(1, random.nextInt(9), 3),
                new OutlierDetection.FailurePercentage(random.nextInt(101), 5, 50),
                random.nextBoolean(),
                random.nextInt(9),
                random.nextBoolean());
    }

    UpstreamProtocol protocol() {
        UpstreamProtocol.Common common =
                new UpstreamProtocol.Common(
                        duration(0), duration(0), random.nextInt(3), duration(0));
        UpstreamProtocol.Http1 http1 = new UpstreamProtocol.Http1(random.nextBoolean(), names());
        UpstreamProtocol.Keepalive keepalive =
                new UpstreamProtocol.Keepalive(duration(1), duration(1));
        UpstreamProtocol.Http2 http2 =
                new UpstreamProtocol.Http2(
                        1 + random.nextInt(2_000),
                        65_535 + random.nextInt(1_000_000),
                        65_535 + random.nextInt(1_000_000),
                        random.nextInt(65_537),
                        random.nextBoolean() ? keepalive : null);
        UpstreamProtocol.Choice one = new UpstreamProtocol.Choice(http1, null);
        UpstreamProtocol.Choice two = new UpstreamProtocol.Choice(null, http2);
        UpstreamProtocol.Choice both = new UpstreamProtocol.Choice(http1, http2);
        return switch (random.nextInt(4)) {
            case 0 -> UpstreamProtocol.DEFAULT;
            case 1 -> new UpstreamProtocol(common, one, null, connections());
            case 2 -> new UpstreamProtocol(common, two, null, connections());
            default -> new UpstreamProtocol(common, null, both, connections());
        };
    }

    UpstreamConnections connections() {
        Duration second = Duration.ofSeconds(random.nextInt(1_000));
        return new UpstreamConnections(
                new UpstreamConnections.Preconnect(1 + random.nextInt(9) / 4.0, 1.5),
                random.nextBoolean() ? null : pick("127.0.0.1", "::1"),
                random.nextBoolean()
                        ? null
                        : new UpstreamConnections.TcpKeepalive(random.nextInt(9), second, second),
                1024 + random.nextInt(1_000_000),
                random.nextBoolean() ? null : pick(UpstreamConnections.ProxyVersion.values()));
    }

    Balancing balancing() {
        Balancing.Cookie cookie =
                new Balancing.Cookie(
                        "c",
                        maybe(() -> Duration.ofSeconds(random.nextInt(9))),
                        pick("", "/p"),
                        list(() -> new Balancing.Attribute("SameSite", pick("", "Lax"))));
        return new Balancing(
                list(
                        () ->
                                new Balancing.HashPolicy(
                                        pick(
                                                new Balancing.HeaderSource("x-key"),
                                                new Balancing.CookieSource(cookie),
                                                new Balancing.QueryParameterSource("q"),
                                                new Balancing.ConnectionSource(true)),
                                        random.nextBoolean())),
                random.nextBoolean() ? Map.of() : Map.of("a", "\"b\\\"c\"", "d", "1.5"),
                maybe(
                        () ->
                                new Balancing.StatefulSession(
                                        pick(
                                                new Balancing.HeaderCarrier("x-s"),
                                                new Balancing.CookieCarrier(cookie)),
                                        random.nextBoolean())));
    }
}
