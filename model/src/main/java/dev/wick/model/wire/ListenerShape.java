package dev.wick.model.wire;

import dev.wick.model.FilterChain;
import dev.wick.model.HttpOptions;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.check.Rules;
import java.util.List;

/** The shape of a listener. */
final class ListenerShape {

    static final Shape<Listener> LISTENER = listener();

    private ListenerShape() {}

    private static Shape<Listener> listener() {
        ShapeBuilder<FilterChain> chain =
                new ShapeBuilder<>("FilterChain", "One way to treat a connection.");
        Slot<String> chainName =
                chain.optional(
                        "name",
                        Types.text(0, 253, "^[A-Za-z0-9._-]*$", "characters of a-z A-Z 0-9 . _ -"),
                        FilterChain::name,
                        "",
                        "None: for now there is just the unnamed chain.");
        chain.rule(Rules::filterChain);
        Shape<FilterChain> chainShape = chain.make(v -> new FilterChain(chainName.of(v)));

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
                        listener -> isUnnamedAlone(listener) ? List.of() : listener.filterChains(),
                        List.of(FilterChain.UNNAMED),
                        "Ways to treat a connection; one unnamed by default.");
        Slot<HttpOptions> http =
                shape.optional(
                        "http",
                        new Later<>(HttpShapes::options),
                        Listener::http,
                        HttpOptions.DEFAULT,
                        "How it treats HTTP.");
        shape.rule(Rules::listener);
        return shape.make(
                v ->
                        new Listener(
                                name.of(v),
                                address.of(v),
                                port.of(v),
                                protocol.of(v),
                                chains.of(v),
                                http.of(v)));
    }

    private static boolean isUnnamedAlone(Listener listener) {
        return listener.filterChains().size() == 1
                && listener.filterChains().getFirst().name().isEmpty();
    }
}
