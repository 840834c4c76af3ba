package dev.wick.model.wire;

import dev.wick.model.ClientAddress;
import dev.wick.model.GatewayHeaders;
import dev.wick.model.HttpOptions;
import dev.wick.model.IpDetection;
import dev.wick.model.Normalization;
import dev.wick.model.check.EdgeRules;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of what an edge makes of requests. They are no objects of their own: their fields
 * stand beside those of {@link HttpShapes}.
 */
final class EdgeShapes {

    private static final Type<String> CIDR =
            Types.text(2, 64, "a network, as 10.0.0.0/8 or fd00::/8");
    private static final int MOST_HOPS = 1_000;

    private EdgeShapes() {}

    /** A truth value of one part of the options. */
    static Slot<Boolean> truth(
            ShapeBuilder<HttpOptions> shape,
            String name,
            Predicate<HttpOptions> value,
            String says) {
        return shape.optional(
                name, Types.truth(), value::test, value.test(HttpOptions.DEFAULT), says);
    }

    static Function<@Nullable Object[], ClientAddress> clientAddress(
            ShapeBuilder<HttpOptions> shape) {
        Slot<@Nullable Boolean> remote =
                shape.nullable(
                        "useRemoteAddress",
                        Types.truth(),
                        http -> http.clientAddress().useRemoteAddress(),
                        "Whether the connection's other end is the client; by default it is, unless"
                                + " there are originalIpDetectionExtensions.",
                        "true, unless there are originalIpDetectionExtensions");
        Slot<Integer> hops =
                shape.optional(
                        "xffNumTrustedHops",
                        Types.whole(0, MOST_HOPS),
                        http -> http.clientAddress().xffNumTrustedHops(),
                        0,
                        "How many proxies in front of this one are trusted with x-forwarded-for.");
        Slot<Boolean> skip =
                truth(
                        shape,
                        "skipXffAppend",
                        http -> http.clientAddress().skipXffAppend(),
                        "Whether x-forwarded-for is left as it came.");
        Slot<Boolean> port =
                truth(
                        shape,
                        "appendXForwardedPort",
                        http -> http.clientAddress().appendXForwardedPort(),
                        "Whether x-forwarded-port is told.");
        Slot<List<IpDetection>> detections =
                shape.optional(
                        "originalIpDetectionExtensions",
                        Types.list(detection(), 0),
                        http -> http.clientAddress().detections(),
                        List.of(),
                        "Other ways to find the client's address; the first that finds one wins.");
        Slot<List<String>> internal =
                shape.optional(
                        "internalAddressConfig",
                        internal(),
                        http -> http.clientAddress().internalCidrs(),
                        List.of(),
                        "Whose requests are internal: x-envoy-* headers are believed them.");
        return v ->
                new ClientAddress(
                        remote.of(v),
                        hops.of(v),
                        skip.of(v),
                        port.of(v),
                        detections.of(v),
                        internal.of(v));
    }

    private static Shape<List<String>> internal() {
        ShapeBuilder<List<String>> shape =
                new ShapeBuilder<>("InternalAddressConfig", "Whose requests are internal.");
        Slot<List<String>> ranges =
                shape.optional(
                        "cidrRanges",
                        Types.list(CIDR, 0),
                        list -> list,
                        List.of(),
                        "Networks, as 10.0.0.0/8.");
        shape.emptyWhen(List::isEmpty);
        shape.rule(EdgeRules::internal);
        return shape.make(ranges::of);
    }

    private static Shape<IpDetection> detection() {
        Choice<IpDetection> kinds =
                new Choice<IpDetection>()
                        .or(
                                "customHeader",
                                customHeader(),
                                header -> header,
                                way ->
                                        way instanceof IpDetection.CustomHeader header
                                                ? header
                                                : null,
                                "By a header that holds just the address.")
                        .or(
                                "xff",
                                xff(),
                                xff -> xff,
                                way -> way instanceof IpDetection.Xff xff ? xff : null,
                                "By x-forwarded-for.");
        ShapeBuilder<IpDetection> shape =
                new ShapeBuilder<>("OriginalIpDetection", "A way to find the client's address.");
        Slot<IpDetection> kind = shape.oneOf(kinds, way -> way);
        return shape.make(kind::of);
    }

    private static Shape<IpDetection.CustomHeader> customHeader() {
        ShapeBuilder<IpDetection.CustomHeader> shape =
                new ShapeBuilder<>("CustomHeader", "The client's address is in a header.");
        Slot<String> name =
                shape.required(
                        "headerName",
                        Types.text(1, 256, "the name of a header"),
                        IpDetection.CustomHeader::headerName,
                        "Name of the header.");
        Slot<Boolean> trusted =
                shape.optional(
                        "allowExtensionToSetAddressAsTrusted",
                        Types.truth(),
                        IpDetection.CustomHeader::trusted,
                        false,
                        "Whether the address may make a request internal.");
        Slot<@Nullable Integer> status =
                shape.nullable(
                        "rejectWithStatus",
                        Types.whole(400, 511),
                        IpDetection.CustomHeader::rejectWithStatus,
                        "Answer to requests in which the header is missing or is no address;"
                                + " without it they go on.");
        shape.rule(EdgeRules::customHeader);
        return shape.make(
                v -> new IpDetection.CustomHeader(name.of(v), trusted.of(v), status.of(v)));
    }

    private static Shape<IpDetection.Xff> xff() {
        ShapeBuilder<IpDetection.Xff> shape =
                new ShapeBuilder<>("Xff", "The client's address is in x-forwarded-for.");
        Slot<Integer> hops =
                shape.optional(
                        "xffNumTrustedHops",
                        Types.whole(0, MOST_HOPS),
                        IpDetection.Xff::xffNumTrustedHops,
                        0,
                        "How many addresses at the end are of trusted proxies.");
        Slot<List<String>> cidrs =
                shape.optional(
                        "xffTrustedCidrs",
                        Types.list(CIDR, 0),
                        IpDetection.Xff::trustedCidrs,
                        List.of(),
                        "Networks of trusted proxies.");
        Slot<Boolean> skip =
                shape.optional(
                        "skipXffAppend",
                        Types.truth(),
                        IpDetection.Xff::skipXffAppend,
                        true,
                        "Whether x-forwarded-for is left as it came.");
        shape.rule(EdgeRules::xff);
        return shape.make(v -> new IpDetection.Xff(hops.of(v), cidrs.of(v), skip.of(v)));
    }

    static Function<@Nullable Object[], Normalization> normalization(
            ShapeBuilder<HttpOptions> shape) {
        Slot<Boolean> normalize =
                truth(
                        shape,
                        "normalizePath",
                        http -> http.normalization().normalizePath(),
                        "Whether paths are normalized as RFC 3986 says.");
        Slot<Boolean> merge =
                truth(
                        shape,
                        "mergeSlashes",
                        http -> http.normalization().mergeSlashes(),
                        "Whether adjacent slashes become one.");
        Slot<Normalization.EscapedSlashes> slashes =
                shape.optional(
                        "pathWithEscapedSlashesAction",
                        Types.oneOf(Normalization.EscapedSlashes.values()),
                        http -> http.normalization().pathWithEscapedSlashesAction(),
                        Normalization.DEFAULT.pathWithEscapedSlashesAction(),
                        "What is made of %2F and %5C in a path.");
        Slot<Normalization.Underscores> underscores =
                shape.optional(
                        "headersWithUnderscoresAction",
                        Types.oneOf(Normalization.Underscores.values()),
                        http -> http.normalization().headersWithUnderscoresAction(),
                        Normalization.DEFAULT.headersWithUnderscoresAction(),
                        "What is made of header names that have underscores.");
        Slot<Boolean> matching =
                truth(
                        shape,
                        "stripMatchingHostPort",
                        http -> http.normalization().stripMatchingHostPort(),
                        "Whether the host's port goes where it is the listener's.");
        Slot<Boolean> any =
                truth(
                        shape,
                        "stripAnyHostPort",
                        http -> http.normalization().stripAnyHostPort(),
                        "Whether the host's port goes.");
        Slot<Boolean> dot =
                truth(
                        shape,
                        "stripTrailingHostDot",
                        http -> http.normalization().stripTrailingHostDot(),
                        "Whether a dot at the host's end goes.");
        return v ->
                new Normalization(
                        normalize.of(v),
                        merge.of(v),
                        slashes.of(v),
                        underscores.of(v),
                        matching.of(v),
                        any.of(v),
                        dot.of(v));
    }

    static Function<@Nullable Object[], GatewayHeaders> headers(ShapeBuilder<HttpOptions> shape) {
        Slot<Boolean> generate =
                truth(
                        shape,
                        "generateRequestId",
                        http -> http.headers().generateRequestId(),
                        "Whether requests get an x-request-id.");
        Slot<Boolean> preserve =
                truth(
                        shape,
                        "preserveExternalRequestId",
                        http -> http.headers().preserveExternalRequestId(),
                        "Whether the x-request-id of a client outside is kept.");
        Slot<Boolean> respond =
                truth(
                        shape,
                        "alwaysSetRequestIdInResponse",
                        http -> http.headers().alwaysSetRequestIdInResponse(),
                        "Whether responses tell the x-request-id.");
        Slot<String> via =
                shape.optional(
                        "via",
                        Types.text(0, 256, "what may stand in a header"),
                        http -> http.headers().via(),
                        "",
                        "Appended to via, in both directions.");
        Slot<String> server =
                shape.optional(
                        "serverName",
                        Types.text(1, 256, "what may stand in a header"),
                        http -> http.headers().serverName(),
                        GatewayHeaders.DEFAULT.serverName(),
                        "The value of server.");
        Slot<GatewayHeaders.ServerHeader> transformation =
                shape.optional(
                        "serverHeaderTransformation",
                        Types.oneOf(GatewayHeaders.ServerHeader.values()),
                        http -> http.headers().serverHeaderTransformation(),
                        GatewayHeaders.ServerHeader.OVERWRITE,
                        "What becomes of server in responses.");
        return v ->
                new GatewayHeaders(
                        generate.of(v),
                        preserve.of(v),
                        respond.of(v),
                        via.of(v),
                        server.of(v),
                        transformation.of(v));
    }
}
