package dev.wick.model.wire;

import dev.wick.model.ClusterChoice;
import dev.wick.model.CookieMatch;
import dev.wick.model.Delivery;
import dev.wick.model.FractionalPercent;
import dev.wick.model.FractionalPercent.Denominator;
import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.AppendAction;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HedgePolicy;
import dev.wick.model.HostDelivery;
import dev.wick.model.HostPolicies;
import dev.wick.model.HostRetries;
import dev.wick.model.HostRewrite;
import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.MirrorPolicy;
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
import dev.wick.model.RuntimeFraction;
import dev.wick.model.Timeouts;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.ValueMatch;
import dev.wick.model.VirtualCluster;
import dev.wick.model.VirtualHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sound virtual hosts with all fields. */
abstract class RandomHosts extends RandomClusters {

    RandomHosts(long seed) {
        super(seed);
    }

    MirrorPolicy mirror() {
        return new MirrorPolicy(
                name(),
                new FractionalPercent(random.nextInt(100), pick(Denominator.values())),
                random.nextBoolean());
    }

    Upgrades upgrades(boolean ofRoute) {
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

    Upgrade.ConnectConfig connect() {
        return new Upgrade.ConnectConfig(
                maybe(() -> pick(UpstreamConnections.ProxyVersion.values())), random.nextBoolean());
    }

    VirtualHost host() {
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

    Route route() {
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

    RouteAction action(boolean rewritable) {
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

    Rewrite rewrite(@Nullable String prefix) {
        HostRewrite host =
                switch (random.nextInt(6)) {
                    case 0 -> new HostRewrite.Literal("a.example.com:80");
                    case 1 -> new HostRewrite.Header("X-Host");
                    case 2 -> new HostRewrite.PathRegex(regexRewrite("", "x", "\\1.x:80"));
                    case 3 -> new HostRewrite.Auto();
                    default -> null;
                };
        RegexRewrite regex = prefix == null ? maybe(this::pathRewrite) : null;
        return new Rewrite(prefix, regex, null, host, host != null && random.nextBoolean());
    }

    RegexRewrite pathRewrite() {
        return regexRewrite("", "/x", "/\\1/\\0\\\\");
    }

    private RegexRewrite regexRewrite(String... substitutions) {
        return new RegexRewrite("^/(a)/.*", pick(substitutions));
    }

    RetryRules retries() {
        return new RetryRules(
                maybe(this::retryPolicy),
                maybe(() -> new HedgePolicy(random.nextBoolean())),
                maybe(() -> (long) random.nextInt(100_000)));
    }

    HostRetries hostRetries() {
        return new HostRetries(
                maybe(this::retryPolicy),
                maybe(() -> new HedgePolicy(random.nextBoolean())),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(() -> (long) random.nextInt(100_000)));
    }

    RetryPolicy retryPolicy() {
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

    RetryHosts retryHosts() {
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

    List<WeightedCluster> clusters() {
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

    ValueMatch value() {
        return switch (random.nextInt(6)) {
            case 0 -> new ValueMatch.Present(random.nextBoolean());
            case 1 -> new ValueMatch.Exact(text(), random.nextBoolean());
            case 2 -> new ValueMatch.Prefix("p" + text(), random.nextBoolean());
            case 3 -> new ValueMatch.Suffix("s" + text());
            case 4 -> new ValueMatch.Contains("c" + text());
            default -> new ValueMatch.Regex("[a-z]+|\\d{3}");
        };
    }

    HeaderMutations mutations() {
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
}
