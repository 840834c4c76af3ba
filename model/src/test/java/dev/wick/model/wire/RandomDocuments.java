package dev.wick.model.wire;

import dev.wick.model.Document;
import dev.wick.model.FilterChain;
import dev.wick.model.FilterChainMatch;
import dev.wick.model.FractionalPercent;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.HttpLimits;
import dev.wick.model.HttpOptions;
import dev.wick.model.HttpPolicies;
import dev.wick.model.HttpProtocols;
import dev.wick.model.Listener;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.Runtime;
import dev.wick.model.Secret;
import java.util.List;
import java.util.Map;

/** Sound documents of all kinds, with all fields, drawn from a seed. */
final class RandomDocuments extends RandomHosts {

    RandomDocuments(long seed) {
        super(seed);
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
                random.nextBoolean()
                        ? List.of(FilterChain.UNNAMED)
                        : List.of(new FilterChain("", FilterChainMatch.ANY, maybe(this::http))),
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
}
