package dev.wick.model.wire;

import dev.wick.model.Balancing;
import dev.wick.model.Balancing.Attribute;
import dev.wick.model.Balancing.Carrier;
import dev.wick.model.Balancing.ConnectionSource;
import dev.wick.model.Balancing.Cookie;
import dev.wick.model.Balancing.CookieCarrier;
import dev.wick.model.Balancing.CookieSource;
import dev.wick.model.Balancing.HashPolicy;
import dev.wick.model.Balancing.HeaderCarrier;
import dev.wick.model.Balancing.HeaderSource;
import dev.wick.model.Balancing.QueryParameterSource;
import dev.wick.model.Balancing.Source;
import dev.wick.model.Balancing.StatefulSession;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.check.BalancingRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a route that say what in a request decides about its host. */
final class RouteBalancingShapes {

    private static final Type<String> NAME = Types.text(1, 256);

    private final Slot<List<HashPolicy>> hashPolicy;
    private final Slot<Map<String, String>> metadataMatch;
    private final Slot<@Nullable StatefulSession> statefulSession;

    RouteBalancingShapes(ShapeBuilder<Forward> shape) {
        Type<Cookie> cookie = new Later<>(RouteBalancingShapes::cookie);
        hashPolicy =
                shape.optional(
                        "hashPolicy",
                        Types.list(new Later<>(() -> hashPolicy(cookie)), 0),
                        forward -> forward.balancing().hashPolicy(),
                        List.of(),
                        "What a request's hash is made of, for RING_HASH and MAGLEV.");
        metadataMatch =
                shape.optional(
                        "metadataMatch",
                        new Later<>(EndpointShapes::metadata),
                        forward -> forward.balancing().metadataMatch(),
                        Map.of(),
                        "The subset of the cluster's hosts that requests go to.");
        statefulSession =
                shape.nullable(
                        "statefulSession",
                        new Later<>(() -> statefulSession(cookie)),
                        forward -> forward.balancing().statefulSession(),
                        "Sessions stay with the host that they began with.");
    }

    Balancing of(@Nullable Object[] v) {
        return new Balancing(hashPolicy.of(v), metadataMatch.of(v), statefulSession.of(v));
    }

    private static Shape<HashPolicy> hashPolicy(Type<Cookie> cookie) {
        Choice<Source> source =
                new Choice<Source>()
                        .or(
                                "header",
                                header(),
                                of -> of,
                                of -> of instanceof HeaderSource header ? header : null,
                                "A header's values.")
                        .or(
                                "cookie",
                                cookie,
                                CookieSource::new,
                                of -> of instanceof CookieSource from ? from.cookie() : null,
                                "A cookie's value; one with a ttl is made where it is missing.")
                        .or(
                                "queryParameter",
                                queryParameter(),
                                of -> of,
                                of -> of instanceof QueryParameterSource query ? query : null,
                                "A query parameter's first value.")
                        .or(
                                "connectionProperties",
                                connection(),
                                of -> of,
                                of -> of instanceof ConnectionSource from ? from : null,
                                "The client's address.");
        ShapeBuilder<HashPolicy> shape =
                new ShapeBuilder<>("HashPolicy", "A part of a request's hash.");
        Slot<Source> from = shape.oneOf(source, HashPolicy::source);
        Slot<Boolean> terminal =
                shape.optional(
                        "terminal",
                        Types.truth(),
                        HashPolicy::terminal,
                        false,
                        "Whether what follows is left out where there is a hash by now.");
        return shape.make(v -> new HashPolicy(from.of(v), terminal.of(v)));
    }

    private static Shape<HeaderSource> header() {
        ShapeBuilder<HeaderSource> shape = new ShapeBuilder<>("HashHeader", "A header.");
        Slot<String> name =
                shape.required("headerName", NAME, HeaderSource::headerName, "Its name.");
        shape.rule(BalancingRules::headerSource);
        return shape.make(v -> new HeaderSource(name.of(v)));
    }

    private static Shape<QueryParameterSource> queryParameter() {
        ShapeBuilder<QueryParameterSource> shape =
                new ShapeBuilder<>("HashQueryParameter", "A query parameter.");
        Slot<String> name =
                shape.required("name", NAME, QueryParameterSource::name, "Its name, as sent.");
        shape.rule(BalancingRules::queryParameterSource);
        return shape.make(v -> new QueryParameterSource(name.of(v)));
    }

    private static Shape<ConnectionSource> connection() {
        ShapeBuilder<ConnectionSource> shape =
                new ShapeBuilder<>("HashConnectionProperties", "What is known of a connection.");
        Slot<Boolean> address =
                shape.required(
                        "sourceIp", Types.truth(), ConnectionSource::sourceIp, "Must be true.");
        shape.rule(BalancingRules::connectionSource);
        return shape.make(v -> new ConnectionSource(address.of(v)));
    }

    private static Shape<Cookie> cookie() {
        ShapeBuilder<Attribute> attribute =
                new ShapeBuilder<>("CookieAttribute", "What a cookie says beyond its value.");
        Slot<String> name = attribute.required("name", NAME, Attribute::name, "As SameSite.");
        Slot<String> value =
                attribute.optional("value", Types.text(0, 1_024), Attribute::value, "", "As Lax.");
        attribute.rule(BalancingRules::cookieAttribute);
        Shape<Attribute> attributes = attribute.make(v -> new Attribute(name.of(v), value.of(v)));

        ShapeBuilder<Cookie> shape = new ShapeBuilder<>("Cookie", "A cookie.");
        Slot<String> cookie = shape.required("name", NAME, Cookie::name, "Its name.");
        Slot<@Nullable Duration> ttl =
                shape.nullable(
                        "ttl",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        Cookie::ttl,
                        "How long the client keeps it; 0s: until its session ends.");
        Slot<String> path =
                shape.optional("path", Types.text(0, 1_024), Cookie::path, "", "Its path.");
        Slot<List<Attribute>> more =
                shape.optional(
                        "attributes",
                        Types.list(attributes, 0),
                        Cookie::attributes,
                        List.of(),
                        "What it says more.");
        shape.rule(BalancingRules::cookie);
        return shape.make(v -> new Cookie(cookie.of(v), ttl.of(v), path.of(v), more.of(v)));
    }

    private static Shape<StatefulSession> statefulSession(Type<Cookie> cookie) {
        ShapeBuilder<HeaderCarrier> header =
                new ShapeBuilder<>("SessionHeader", "A header that carries a session's host.");
        Slot<String> name = header.required("name", NAME, HeaderCarrier::name, "Its name.");
        header.rule(BalancingRules::headerCarrier);
        Shape<HeaderCarrier> headers = header.make(v -> new HeaderCarrier(name.of(v)));

        Choice<Carrier> carrier =
                new Choice<Carrier>()
                        .or(
                                "cookie",
                                cookie,
                                CookieCarrier::new,
                                of -> of instanceof CookieCarrier by ? by.cookie() : null,
                                "A cookie carries the host.")
                        .or(
                                "header",
                                headers,
                                of -> of,
                                of -> of instanceof HeaderCarrier by ? by : null,
                                "A header carries the host.");
        ShapeBuilder<StatefulSession> shape =
                new ShapeBuilder<>(
                        "StatefulSession", "Sessions stay with the host that they began with.");
        Slot<Carrier> by = shape.oneOf(carrier, StatefulSession::carrier);
        Slot<Boolean> strict =
                shape.optional(
                        "strict",
                        Types.truth(),
                        StatefulSession::strict,
                        false,
                        "Whether a request whose host is gone is answered with 503.");
        return shape.make(v -> new StatefulSession(by.of(v), strict.of(v)));
    }
}
