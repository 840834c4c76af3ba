package dev.wick.model.wire;

import dev.wick.model.AdaptiveConcurrency;
import dev.wick.model.ClientAddress;
import dev.wick.model.GatewayHeaders;
import dev.wick.model.HeaderKeyFormat;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HttpOptions;
import dev.wick.model.HttpPolicies;
import dev.wick.model.HttpProtocols;
import dev.wick.model.HttpProtocols.Http1;
import dev.wick.model.HttpProtocols.Http2;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.LocalReplyConfig.BodyFormat;
import dev.wick.model.Normalization;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.check.HttpRules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of how a listener treats HTTP. */
final class HttpShapes {

    private HttpShapes() {}

    static Shape<HttpOptions> options() {
        ShapeBuilder<HttpOptions> shape =
                new ShapeBuilder<>("HttpOptions", "How a listener treats HTTP.");
        Slot<Http1> http1 =
                shape.optional(
                        "httpProtocolOptions",
                        http1(),
                        options -> options.protocols().http1(),
                        Http1.DEFAULT,
                        "HTTP/1 with clients.");
        Slot<Http2> http2 =
                shape.optional(
                        "http2ProtocolOptions",
                        new Later<>(ClientHttp2Shape::http2),
                        options -> options.protocols().http2(),
                        Http2.DEFAULT,
                        "HTTP/2 with clients.");
        Slot<Boolean> proxy100Continue =
                shape.optional(
                        "proxy100Continue",
                        Types.truth(),
                        options -> options.protocols().proxy100Continue(),
                        false,
                        "Leaves Expect: 100-continue to the host, and passes its 1xx answers on.");
        Slot<List<Upgrade>> upgrades =
                UpgradeShapes.upgrades(shape, options -> options.protocols().upgrades());
        Function<@Nullable Object[], ClientAddress> address = EdgeShapes.clientAddress(shape);
        Function<@Nullable Object[], Normalization> normalization = EdgeShapes.normalization(shape);
        Function<@Nullable Object[], GatewayHeaders> headers = EdgeShapes.headers(shape);
        LimitShapes limits = new LimitShapes(shape);
        Function<@Nullable Object[], HttpPolicies> policies = policies(shape);
        shape.emptyWhen(HttpOptions.DEFAULT::equals);
        shape.rule(HttpRules::options);
        return shape.make(
                v ->
                        new HttpOptions(
                                new HttpProtocols(
                                        http1.of(v),
                                        http2.of(v),
                                        proxy100Continue.of(v),
                                        new Upgrades(upgrades.of(v)),
                                        limits.of(v)),
                                address.apply(v),
                                normalization.apply(v),
                                headers.apply(v),
                                policies.apply(v)));
    }

    private static Function<@Nullable Object[], HttpPolicies> policies(
            ShapeBuilder<HttpOptions> shape) {
        Slot<HeaderMutations> request =
                HeaderShapes.mutations(
                        shape,
                        "requestHeaders",
                        options -> options.policies().requestHeaders(),
                        "Changes to all requests, made after the virtual host's.");
        Slot<HeaderMutations> response =
                HeaderShapes.mutations(
                        shape,
                        "responseHeaders",
                        options -> options.policies().responseHeaders(),
                        "Changes to all responses, made after the virtual host's.");
        Slot<Boolean> mostSpecificWins =
                shape.optional(
                        "mostSpecificHeaderMutationsWins",
                        Types.truth(),
                        options -> options.policies().mostSpecificHeaderMutationsWins(),
                        false,
                        "Whether changes to headers are made the other way round: listener, virtual host, route.");
        Slot<LocalReplyConfig> localReply =
                shape.optional(
                        "localReply",
                        new Later<>(PolicyShapes::localReply),
                        options -> options.policies().localReply(),
                        LocalReplyConfig.DEFAULT,
                        "What becomes of answers from here.");
        Slot<@Nullable BodyFormat> accessLogFormat =
                shape.nullable(
                        "accessLogFormat",
                        new Later<>(PolicyShapes::bodyFormat),
                        options -> options.policies().accessLogFormat(),
                        "How a line of the access log is written; by default in Envoy's default format.",
                        "Envoy's default format");
        Slot<@Nullable AdaptiveConcurrency> adaptiveConcurrency =
                shape.nullable(
                        "adaptiveConcurrency",
                        new Later<>(ConcurrencyShapes::adaptiveConcurrency),
                        options -> options.policies().adaptiveConcurrency(),
                        "How it is found out how many requests may run at once; by default any number may.");
        return v ->
                new HttpPolicies(
                        request.of(v),
                        response.of(v),
                        mostSpecificWins.of(v),
                        localReply.of(v),
                        accessLogFormat.of(v),
                        adaptiveConcurrency.of(v));
    }

    private static Shape<Http1> http1() {
        ShapeBuilder<Http1> shape = new ShapeBuilder<>("Http1Options", "HTTP/1 with clients.");
        Slot<Boolean> acceptHttp10 =
                shape.optional(
                        "acceptHttp10",
                        Types.truth(),
                        Http1::acceptHttp10,
                        false,
                        "Whether HTTP/1.0 is served; else it is answered with 426.");
        Slot<@Nullable String> defaultHost =
                shape.nullable(
                        "defaultHostForHttp10",
                        Types.text(1, 260, "a host, as example.com or example.com:8080"),
                        Http1::defaultHostForHttp10,
                        "The host of HTTP/1.0 requests that name none; else 400.");
        Slot<Boolean> enableTrailers =
                shape.optional(
                        "enableTrailers",
                        Types.truth(),
                        Http1::enableTrailers,
                        false,
                        "Whether trailers are passed on, both ways; else they are dropped.");
        Slot<@Nullable HeaderKeyFormat> format =
                HeaderKeyFormatShape.add(shape, Http1::headerKeyFormat);
        shape.emptyWhen(Http1.DEFAULT::equals);
        shape.rule(HttpRules::http1);
        return shape.make(
                v ->
                        new Http1(
                                acceptHttp10.of(v),
                                defaultHost.of(v),
                                enableTrailers.of(v),
                                format.of(v)));
    }
}
