package dev.wick.model.wire;

import dev.wick.model.Acceptance;
import dev.wick.model.FilterChain;
import dev.wick.model.HttpOptions;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.check.ChainRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of a listener. */
final class ListenerShape {

    static final Shape<Listener> LISTENER = listener();

    private ListenerShape() {}

    private static Shape<Listener> listener() {
        Type<FilterChain> chainShape = new Later<>(ChainShapes::chain);
        ShapeBuilder<Listener> shape =
                Shapes.document(
                        Kind.LISTENER, "An address and port on which connections are accepted.");
        Slot<String> name = Shapes.name(shape);
        Slot<String> address =
                shape.optional(
                        "address",
                        Types.text(1, 64, "an IP address, as 0.0.0.0 or ::1"),
                        Listener::address,
                        "0.0.0.0",
                        "IP address to listen on.");
        Slot<Integer> port =
                shape.required(
                        "port", Types.whole(1, 65_535), Listener::port, "Port to listen on.");
        Slot<Listener.Protocol> protocol =
                shape.optional(
                        "protocol",
                        Types.oneOf(Listener.Protocol.values()),
                        Listener::protocol,
                        Listener.Protocol.HTTP,
                        "HTTP: HTTP/1.1, and HTTP/2 by prior knowledge.");
        Slot<List<FilterChain>> chains =
                shape.optional(
                        "filterChains",
                        Types.list(chainShape, 1),
                        listener -> isPlain(listener) ? List.of() : listener.filterChains(),
                        List.of(FilterChain.UNNAMED),
                        "Ways to treat a connection; one unnamed by default.");
        Slot<@Nullable FilterChain> otherwise =
                shape.nullable(
                        "defaultFilterChain",
                        chainShape,
                        Listener::defaultFilterChain,
                        "Takes the connections that none of filterChains takes.");
        Slot<HttpOptions> http =
                shape.optional(
                        "http",
                        new Later<>(HttpShapes::options),
                        Listener::http,
                        HttpOptions.DEFAULT,
                        "How it treats HTTP.");
        Slot<Acceptance.@Nullable ProxyProtocol> proxy =
                shape.nullable(
                        "proxyProtocol",
                        new Later<>(ChainShapes::proxyProtocol),
                        listener -> listener.acceptance().proxyProtocol(),
                        "Connections begin with a PROXY header.");
        Slot<Duration> timeout =
                shape.optional(
                        "listenerFiltersTimeout",
                        Types.duration(Duration.ZERO, Texts.LONGEST),
                        listener -> listener.acceptance().listenerFiltersTimeout(),
                        Acceptance.DEFAULT.listenerFiltersTimeout(),
                        "How long a PROXY header may take; 0s: for ever.");
        Slot<Boolean> goOn =
                shape.optional(
                        "continueOnListenerFiltersTimeout",
                        Types.truth(),
                        listener -> listener.acceptance().continueOnListenerFiltersTimeout(),
                        false,
                        "Whether a connection then goes on without, else it is closed.");
        Slot<Long> most =
                shape.optional(
                        "maxConnections",
                        Types.whole(0L, Integer.MAX_VALUE),
                        listener -> listener.acceptance().maxConnections(),
                        0L,
                        "How many connections may be open at once; 0: any number.");
        shape.rule(ChainRules::listener);
        return shape.make(
                v ->
                        new Listener(
                                name.of(v),
                                address.of(v),
                                port.of(v),
                                protocol.of(v),
                                chains.of(v),
                                otherwise.of(v),
                                http.of(v),
                                new Acceptance(
                                        proxy.of(v), timeout.of(v), goOn.of(v), most.of(v))));
    }

    private static boolean isPlain(Listener listener) {
        return listener.filterChains().size() == 1
                && listener.filterChains().getFirst().equals(FilterChain.UNNAMED);
    }
}
