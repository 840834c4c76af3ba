package dev.wick.model.wire;

import dev.wick.model.Acceptance;
import dev.wick.model.FilterChain;
import dev.wick.model.FilterChainMatch;
import dev.wick.model.HttpOptions;
import dev.wick.model.check.ChainRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of filter chains, and of what comes before them. */
final class ChainShapes {

    private static final Type<List<String>> CIDRS =
            Types.list(Types.text(2, 64, "a network, as 10.0.0.0/8 or fd00::/8"), 0);

    private ChainShapes() {}

    static Shape<FilterChain> chain() {
        ShapeBuilder<FilterChain> shape =
                new ShapeBuilder<>("FilterChain", "One way to treat a connection.");
        Slot<String> name =
                shape.optional(
                        "name",
                        Types.text(0, 253, "^[A-Za-z0-9._-]*$", "characters of a-z A-Z 0-9 . _ -"),
                        FilterChain::name,
                        "",
                        "Unique within the listener; virtual hosts name it. One may have none.");
        Slot<FilterChainMatch> match =
                shape.optional(
                        "match",
                        match(),
                        FilterChain::match,
                        FilterChainMatch.ANY,
                        "Which connections it takes; by default all.");
        Slot<@Nullable HttpOptions> http =
                shape.nullable(
                        "http",
                        new Later<>(HttpShapes::options),
                        FilterChain::http,
                        "How it treats HTTP; by default as the listener does.");
        shape.rule(ChainRules::chain);
        return shape.make(v -> new FilterChain(name.of(v), match.of(v), http.of(v)));
    }

    private static Shape<FilterChainMatch> match() {
        ShapeBuilder<FilterChainMatch> shape =
                new ShapeBuilder<>("FilterChainMatch", "Which connections a filter chain takes.");
        Slot<@Nullable Integer> port =
                shape.nullable(
                        "destinationPort",
                        Types.whole(1, 65_535),
                        FilterChainMatch::destinationPort,
                        "The port to which the connection goes.");
        Slot<List<String>> destinations =
                shape.optional(
                        "prefixRanges",
                        CIDRS,
                        FilterChainMatch::prefixRanges,
                        List.of(),
                        "Networks of addresses to which it goes.");
        Slot<List<String>> direct =
                shape.optional(
                        "directSourcePrefixRanges",
                        CIDRS,
                        FilterChainMatch::directSourcePrefixRanges,
                        List.of(),
                        "Networks of the connection's other end.");
        Slot<FilterChainMatch.SourceType> type =
                shape.optional(
                        "sourceType",
                        Types.oneOf(FilterChainMatch.SourceType.values()),
                        FilterChainMatch::sourceType,
                        FilterChainMatch.SourceType.ANY,
                        "Whether it comes from this machine or from another.");
        Slot<List<String>> sources =
                shape.optional(
                        "sourcePrefixRanges",
                        CIDRS,
                        FilterChainMatch::sourcePrefixRanges,
                        List.of(),
                        "Networks of the client, which a PROXY header may tell.");
        Slot<List<Integer>> ports =
                shape.optional(
                        "sourcePorts",
                        Types.list(Types.whole(1, 65_535), 0),
                        FilterChainMatch::sourcePorts,
                        List.of(),
                        "Ports of the client.");
        shape.emptyWhen(FilterChainMatch.ANY::equals);
        shape.rule(ChainRules::match);
        return shape.make(
                v ->
                        new FilterChainMatch(
                                port.of(v),
                                destinations.of(v),
                                direct.of(v),
                                type.of(v),
                                sources.of(v),
                                ports.of(v)));
    }

    static Shape<Acceptance.ProxyProtocol> proxyProtocol() {
        ShapeBuilder<Acceptance.ProxyProtocol> shape =
                new ShapeBuilder<>("ProxyProtocol", "Connections begin with a PROXY header.");
        Slot<Boolean> without =
                shape.optional(
                        "allowRequestsWithoutProxyProtocol",
                        Types.truth(),
                        Acceptance.ProxyProtocol::allowRequestsWithoutProxyProtocol,
                        false,
                        "Whether connections without one are taken, else they are closed.");
        return shape.make(v -> new Acceptance.ProxyProtocol(without.of(v)));
    }
}
