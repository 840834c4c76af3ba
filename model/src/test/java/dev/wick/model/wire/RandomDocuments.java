package dev.wick.model.wire;

import dev.wick.model.Balancing;
import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.ClusterChoice;
import dev.wick.model.CookieMatch;
import dev.wick.model.Delivery;
import dev.wick.model.Document;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.FilterChain;
import dev.wick.model.FractionalPercent;
import dev.wick.model.FractionalPercent.Denominator;
import dev.wick.model.HeaderKeyFormat;
import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.AppendAction;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HealthCheck;
import dev.wick.model.HealthChecking;
import dev.wick.model.HedgePolicy;
import dev.wick.model.HostDelivery;
import dev.wick.model.HostPolicies;
import dev.wick.model.HostRetries;
import dev.wick.model.HostRewrite;
import dev.wick.model.HttpLimits;
import dev.wick.model.HttpOptions;
import dev.wick.model.HttpPolicies;
import dev.wick.model.HttpProtocols;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.Listener;
import dev.wick.model.LoadBalancing;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.Locality;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.OutlierDetection;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RegexRewrite;
import dev.wick.model.RetryHosts;
import dev.wick.model.RetryPolicy;
import dev.wick.model.RetryRules;
import dev.wick.model.Rewrite;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RouteMatch;
import dev.wick.model.RoutingPriority;
import dev.wick.model.Runtime;
import dev.wick.model.RuntimeFraction;
import dev.wick.model.Secret;
import dev.wick.model.Timeouts;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.ValueMatch;
import dev.wick.model.VirtualCluster;
import dev.wick.model.VirtualHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sound documents of all kinds, with all fields, drawn from a seed. */
final class RandomDocuments {

    private final Random random;
    private int names;
    private boolean hasRuntime;

    RandomDocuments(long seed) {
        random = new Random(seed);
    }

    Document document() {
        return switch (random.nextInt(7)) {
            case 6 -> hasRuntime ? host() : runtime();
            case 0 -> listener();
            case 1 -> random.nextBoolean() ? new Secret(name(), "s" + text()) : hosts();
            case 2, 3 -> cluster();
            default -> host();
        };
    }

    private Runtime runtime() {
        hasRuntime = true;
        FractionalPercent share =
                new FractionalPercent(
                        random.nextInt(1_000), pick(FractionalPercent.Denominator.values()));
        return new Runtime(Runtime.NAME, Map.of("a" + names++, share));
    }

    private Listener listener() {
        return new Listener(
                name(),
                pick("0.0.0.0", "127.0.0.1", "::1", "2001:db8::1"),
                1 + random.nextInt(65_535),
                Listener.Protocol.HTTP,
                List.of(FilterChain.UNNAMED),
                http());
    }

    private HttpOptions http() {
        return random.nextBoolean()
                ? HttpOptions.DEFAULT
                : new HttpOptions(
                        protocols(),
                        RandomEdge.address(random),
                        RandomEdge.normalization(random),
                        RandomEdge.headers(random),
                        policies());
    }

    private HttpPolicies policies() {
        return new HttpPolicies(
                mutations(),
                mutations(),
                random.nextBoolean(),
                new LocalReplyConfig(
                        list(
                                () ->
                                        new LocalReplyConfig.Mapper(
                                                new LocalReplyConfig.Filter(
                                                        maybe(
                                                                () ->
                                                                        new LocalReplyConfig
                                                                                .StatusCode(
                                                                                LocalReplyConfig.Op
                                                                                        .GE,
                                                                                500)),
                                                        List.of("NR", "UF")),
                                                maybe(() -> 404),
                                                maybe(() -> pick("gone", "")),
                                                maybe(this::bodyFormat),
                                                List.of(HeaderValue.added("x", "y")))),
                        maybe(this::bodyFormat)),
                maybe(
                        () ->
                                new LocalReplyConfig.BodyFormat(
                                        null, Map.of("at", "%START_TIME%"), null)),
                maybe(() -> RandomEdge.concurrency(random)));
    }

    private LocalReplyConfig.BodyFormat bodyFormat() {
        return random.nextBoolean()
                ? new LocalReplyConfig.BodyFormat(
                        "%LOCAL_REPLY_BODY%", Map.of(), maybe(() -> "text/html"))
                : new LocalReplyConfig.BodyFormat(
                        null, Map.of("status", "%RESPONSE_CODE%", "a", "b"), null);
    }

    private MirrorPolicy mirror() {
        return new MirrorPolicy(
                name(),
                new FractionalPercent(random.nextInt(100), pick(Denominator.values())),
                random.nextBoolean());
    }

    private HttpProtocols protocols() {
        return new HttpProtocols(
                new HttpProtocols.Http1(
                        random.nextBoolean(),
                        maybe(() -> pick("example.com", "[::1]:80", "a:1")),
                        random.nextBoolean(),
                        names()),
                random.nextBoolean()
                        ? HttpProtocols.Http2.DEFAULT
                        : new HttpProtocols.Http2(
                                1 + random.nextInt(9),
                                65_535 + random.nextInt(9),
                                70_000,
                                random.nextBoolean(),
                                new HttpProtocols.Floods(1 + random.nextInt(9), 2, 3, 4, 5)),
                random.nextBoolean(),
                upgrades(false),
                limits());
    }

    private @Nullable HeaderKeyFormat names() {
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

    private HttpLimits limits() {
        return random.nextBoolean()
                ? HttpLimits.DEFAULT
                : new HttpLimits(
                        1 + random.nextInt(8_192),
                        1 + random.nextInt(1_000),
                        duration(0),
                        duration(0),
                        duration(0),
                        duration(0),
                        maybe(() -> duration(0)),
                        duration(0),
                        random.nextInt(3),
                        duration(0),
                        duration(0),
                        duration(0),
                        random.nextInt(20));
    }

    private Upgrades upgrades(boolean ofRoute) {
        List<Upgrade> all = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(
                    new Upgrade(
                            i == 1 ? "CONNECT" : "websocket",
                            random.nextBoolean(),
                            i == 1 && ofRoute ? maybe(this::connect) : null));
        }
        return new Upgrades(all);
    }

    private Upgrade.ConnectConfig connect() {
        return new Upgrade.ConnectConfig(
                maybe(() -> pick(UpstreamConnections.ProxyVersion.values())), random.nextBoolean());
    }

    private Endpoints hosts() {
        return new Endpoints(
                name(),
                list(() -> endpoint("10.0.0.1", 1 + names++)),
                list(
                        () ->
                                new LoadBalancing.LocalityWeight(
                                        new Locality("r" + names++, "", ""), 0, 3)),
                100 + random.nextInt(100));
    }

    private Endpoint endpoint(String address, int port) {
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

    private Cluster cluster() {
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

    private CircuitBreakers circuitBreakers() {
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

    private HealthChecking health() {
        return new HealthChecking(list(this::healthCheck), maybe(this::outliers));
    }

    private HealthCheck.Probe probe() {
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

    private HealthCheck healthCheck() {
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

    private OutlierDetection outliers() {
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

    private UpstreamProtocol protocol() {
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

    private UpstreamConnections connections() {
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

    private VirtualHost host() {
        List<String> listeners = list(() -> "l" + names++);
        List<String> domains = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String shape =
                    pick("a%d.example.com", "*.a%d.com", "*-x%d.com:80", "api%d.*", "B%d.:443");
            domains.add(shape.formatted(names++));
        }
        return new VirtualHost(
                name(),
                listeners,
                domains,
                list(this::route),
                mutations(),
                mutations(),
                new HostPolicies(
                        new HostDelivery(
                                list(this::mirror),
                                list(
                                        () ->
                                                new VirtualCluster(
                                                        name(),
                                                        List.of(
                                                                new HeaderMatch(
                                                                        ":method",
                                                                        new ValueMatch.Present(
                                                                                true),
                                                                        false,
                                                                        false))))),
                        hostRetries()));
    }

    private Route route() {
        PathMatch path =
                switch (random.nextInt(6)) {
                    case 5 -> new PathMatch.Connect();
                    case 0 ->
                            new PathMatch.Prefix(
                                    "/" + pick("", "api", "a%20b"), random.nextBoolean());
                    case 1 -> new PathMatch.Exact("/" + pick("x", "y/"), random.nextBoolean());
                    case 2 -> new PathMatch.PathSeparatedPrefix("/a", random.nextBoolean());
                    case 3 -> new PathMatch.Template(pick("/{a}/**", "/x/{b=c/*}/d", "/*.ts"));
                    default -> new PathMatch.Regex(pick("/a.*", "/[^/]+", "(?i)/x{2,5}"));
                };
        RouteMatch match =
                new RouteMatch(
                        path,
                        list(() -> pick("GET", "POST", "X-Y")),
                        list(
                                () ->
                                        new HeaderMatch(
                                                pick("x-a", ":path", "Host"),
                                                random.nextInt(5) == 0
                                                        ? new ValueMatch.Range(-1, 5)
                                                        : value(),
                                                random.nextBoolean())),
                        list(() -> new QueryMatch(pick("q", "Page", "a%20b"), value())),
                        list(
                                () ->
                                        new CookieMatch(
                                                pick("c", "SID"), value(), random.nextBoolean())),
                        random.nextBoolean(),
                        maybe(
                                () ->
                                        new RuntimeFraction(
                                                new FractionalPercent(
                                                        random.nextInt(100),
                                                        FractionalPercent.Denominator.MILLION),
                                                pick("", "canary"))));
        boolean rewritable =
                !(path instanceof PathMatch.Template || path instanceof PathMatch.Connect);
        return new Route(
                maybe(() -> pick("name", "1", "a: b")),
                match,
                action(rewritable),
                mutations(),
                mutations());
    }

    private Balancing balancing() {
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

    private RouteAction action(boolean rewritable) {
        String rewrite = rewritable ? maybe(() -> pick("/", "/new")) : null;
        return switch (random.nextInt(3)) {
            case 0 ->
                    new RouteAction.Forward(
                            new ClusterChoice(clusters(), pick(ClusterChoice.NotFound.values())),
                            rewrite(rewrite),
                            new Timeouts(
                                    duration(0),
                                    maybe(() -> duration(0)),
                                    maybe(
                                            () ->
                                                    new Timeouts.MaxStreamDuration(
                                                            maybe(() -> duration(0)),
                                                            Duration.ofSeconds(1),
                                                            maybe(() -> duration(0))))),
                            new Delivery(
                                    list(this::mirror),
                                    maybe(
                                            () ->
                                                    new InternalRedirectPolicy(
                                                            random.nextInt(3),
                                                            List.of(302, 307),
                                                            random.nextBoolean(),
                                                            new InternalRedirectPolicy.Predicates(
                                                                    random.nextBoolean(),
                                                                    list(() -> "r"),
                                                                    random.nextBoolean()),
                                                            list(() -> "x-a"))),
                                    pick(RoutingPriority.values())),
                            retries(),
                            balancing(),
                            upgrades(true));
            case 1 ->
                    new RouteAction.Redirect(
                            maybe(() -> pick("http", "https")),
                            "example.com",
                            maybe(() -> 1 + random.nextInt(65_535)),
                            rewrite == null ? maybe(() -> "/p?q=1") : null,
                            rewrite,
                            List.of(301, 302, 303, 307, 308).get(random.nextInt(5)),
                            random.nextBoolean());
            default -> new RouteAction.DirectResponse(206 + random.nextInt(90), text());
        };
    }

    private Rewrite rewrite(@Nullable String prefix) {
        HostRewrite host =
                switch (random.nextInt(6)) {
                    case 0 -> new HostRewrite.Literal("a.example.com:80");
                    case 1 -> new HostRewrite.Header("X-Host");
                    case 2 -> new HostRewrite.PathRegex(regexRewrite());
                    case 3 -> new HostRewrite.Auto();
                    default -> null;
                };
        RegexRewrite regex = prefix == null ? maybe(this::regexRewrite) : null;
        return new Rewrite(prefix, regex, null, host, host != null && random.nextBoolean());
    }

    private RegexRewrite regexRewrite() {
        return new RegexRewrite("^/(a)/.*", pick("", "/x", "/\\1/\\0\\\\"));
    }

    private RetryRules retries() {
        return new RetryRules(
                maybe(this::retryPolicy),
                maybe(() -> new HedgePolicy(random.nextBoolean())),
                maybe(() -> (long) random.nextInt(100_000)));
    }

    private HostRetries hostRetries() {
        return new HostRetries(
                maybe(this::retryPolicy),
                maybe(() -> new HedgePolicy(random.nextBoolean())),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(() -> (long) random.nextInt(100_000)));
    }

    private RetryPolicy retryPolicy() {
        RetryPolicy.BackOff backOff =
                new RetryPolicy.BackOff(
                        Duration.ofMillis(1 + random.nextInt(50)),
                        maybe(() -> Duration.ofMillis(100 + random.nextInt(900))));
        RetryPolicy.RateLimitedBackOff limited =
                new RetryPolicy.RateLimitedBackOff(
                        List.of(
                                new RetryPolicy.ResetHeader(
                                        "Retry-After", pick(RetryPolicy.Format.values()))),
                        duration(1));
        return new RetryPolicy(
                pick("", "5xx", "reset,connect-failure, retriable-4xx", "unavailable"),
                random.nextInt(5),
                maybe(() -> duration(1)),
                maybe(() -> duration(1)),
                pick(RetryPolicy.BackOff.DEFAULT, backOff),
                maybe(() -> limited),
                list(() -> 100 + random.nextInt(500)),
                list(() -> new HeaderMatch("x-again", value(), random.nextBoolean())),
                list(() -> new HeaderMatch(":method", value(), random.nextBoolean())),
                retryHosts());
    }

    private RetryHosts retryHosts() {
        return new RetryHosts(
                list(
                        () ->
                                pick(
                                        new RetryHosts.PreviousHosts(),
                                        new RetryHosts.OmitCanaryHosts(),
                                        new RetryHosts.OmitHostMetadata(Map.of("a", "true")))),
                1 + random.nextInt(3),
                maybe(() -> new RetryHosts.PreviousPriorities(1 + random.nextInt(3))));
    }

    private List<WeightedCluster> clusters() {
        if (random.nextInt(4) == 0) {
            return List.of(WeightedCluster.byHeader("X-Cluster"));
        }
        List<WeightedCluster> clusters = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            clusters.add(
                    new WeightedCluster(
                            name(),
                            null,
                            1 + random.nextInt(3),
                            mutations(),
                            mutations(),
                            pick(
                                    Map.<String, String>of(),
                                    Map.of("stage", "\"prod\"", "v", "[1,\"a\"]"))));
        }
        return clusters;
    }

    private ValueMatch value() {
        return switch (random.nextInt(6)) {
            case 0 -> new ValueMatch.Present(random.nextBoolean());
            case 1 -> new ValueMatch.Exact(text(), random.nextBoolean());
            case 2 -> new ValueMatch.Prefix("p" + text(), random.nextBoolean());
            case 3 -> new ValueMatch.Suffix("s" + text());
            case 4 -> new ValueMatch.Contains("c" + text());
            default -> new ValueMatch.Regex("[a-z]+|\\d{3}");
        };
    }

    private HeaderMutations mutations() {
        return new HeaderMutations(
                list(() -> HeaderValue.added("X-Add", "50%% of " + pick("a", "ü", "€"))),
                list(
                        () ->
                                new HeaderValue(
                                        "x-set",
                                        "%PROTOCOL%",
                                        pick(
                                                AppendAction.OVERWRITE_IF_EXISTS,
                                                AppendAction.OVERWRITE_IF_EXISTS_OR_ADD),
                                        random.nextBoolean())),
                list(() -> pick("x-gone", "Server")));
    }

    private Duration duration(long least) {
        return Duration.ofMillis(
                least
                        + (random.nextBoolean()
                                ? random.nextInt(20_000)
                                : random.nextInt(9) * 5_000));
    }

    private String name() {
        return pick("a", "B.c", "d_e-f", "012", "yes", "1e3", "null", "true") + names++;
    }

    /** Whatever text may hold, and what YAML could take for something else. */
    private String text() {
        return pick(
                "",
                "text",
                "1",
                "0x1F",
                "yes",
                "null",
                "~",
                " spaced ",
                "- x",
                "a: b",
                "#no",
                "*x",
                "&x",
                "'",
                "\"\\",
                "\t\n",
                "ü€\ud83d\ude00",
                "\u0001\u007f\u0085\u2028\ufeff",
                "---");
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
