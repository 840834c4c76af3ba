package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.FilterChain;
import dev.wick.model.HeaderMutations;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.Route;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import dev.wick.model.check.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The language: one shape per record, from which it is read, written and described. What a field
 * may hold beyond its shape is said by {@link Rules}.
 */
final class Shapes {

    /** Longest time that a setting may have; nobody waits for a year. */
    static final Duration LONGEST = Duration.ofHours(8_760);

    static final Type<String> NAME =
            Types.text(1, 253, "^[A-Za-z0-9._-]+$", "1-253 characters of a-z A-Z 0-9 . _ -");

    static final Shape<Listener> LISTENER = listener();
    static final Shape<VirtualHost> VIRTUAL_HOST = virtualHost();
    static final Shape<Cluster> CLUSTER = cluster();
    static final Shape<Secret> SECRET = secret();

    private Shapes() {}

    /** By the spelling of their kinds. */
    private static final Map<String, Shape<? extends Document>> DOCUMENTS =
            Map.of(
                    Kind.LISTENER.spelling(), LISTENER,
                    Kind.VIRTUAL_HOST.spelling(), VIRTUAL_HOST,
                    Kind.CLUSTER.spelling(), CLUSTER,
                    Kind.SECRET.spelling(), SECRET);

    @SuppressWarnings("NullAway") // there is one for each kind
    static Shape<? extends Document> of(Kind kind) {
        return DOCUMENTS.get(kind.spelling());
    }

    private static <D extends Document> ShapeBuilder<D> document(Kind kind, String says) {
        ShapeBuilder<D> shape = new ShapeBuilder<>(kind.spelling(), says);
        shape.constant("kind", kind.spelling(), "What the document describes.");
        return shape;
    }

    private static <D extends Document> Slot<String> name(ShapeBuilder<D> shape) {
        return shape.required(
                "name",
                new DocumentName(NAME),
                Document::name,
                "Unique among the documents of its kind.");
    }

    private static Shape<Listener> listener() {
        ShapeBuilder<FilterChain> chain =
                new ShapeBuilder<>("FilterChain", "One way to treat a connection.");
        Slot<String> chainName =
                chain.optional(
                        "name",
                        Types.text(0, 253, "^[A-Za-z0-9._-]*$", "characters of a-z A-Z 0-9 . _ -"),
                        FilterChain::name,
                        "",
                        "Unique within the listener; none for the unnamed chain.");
        chain.rule(Rules::filterChain);
        Shape<FilterChain> chainShape = chain.make(v -> new FilterChain(chainName.of(v)));

        ShapeBuilder<Listener> shape =
                document(Kind.LISTENER, "An address and port on which connections are accepted.");
        Slot<String> name = name(shape);
        Slot<String> address =
                shape.optional(
                        "address",
                        Types.text(1, 64),
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
                        listener -> onlyUnnamed(listener) ? List.of() : listener.filterChains(),
                        List.of(FilterChain.UNNAMED),
                        "Ways to treat a connection; one unnamed by default.");
        shape.rule(Rules::listener);
        return shape.make(
                v ->
                        new Listener(
                                name.of(v),
                                address.of(v),
                                port.of(v),
                                protocol.of(v),
                                chains.of(v)));
    }

    private static boolean onlyUnnamed(Listener listener) {
        return listener.filterChains().size() == 1
                && listener.filterChains().getFirst().name().isEmpty();
    }

    private static Shape<VirtualHost> virtualHost() {
        ShapeBuilder<VirtualHost> shape =
                document(Kind.VIRTUAL_HOST, "The routes of a set of domains.");
        Slot<String> name = name(shape);
        Slot<List<String>> listeners =
                shape.optional(
                        "listeners",
                        Types.list(NAME, 0),
                        VirtualHost::listeners,
                        List.of(),
                        "Names of the listeners that serve it; by default every HTTP listener.");
        Slot<List<String>> domains =
                shape.required(
                        "domains",
                        Types.list(Types.text(1, 260), 1),
                        VirtualHost::domains,
                        "Exact (api.example.com), suffix wildcard (*.example.com), prefix wildcard (api.*) or *."
                                + " One without a port matches any port, one with a port just that.");
        Slot<List<Route>> routes =
                shape.optional(
                        "routes",
                        Types.list(RouteShapes.ROUTE, 0),
                        VirtualHost::routes,
                        List.of(),
                        "The first that matches wins.");
        Slot<HeaderMutations> requestHeaders =
                RouteShapes.mutations(
                        shape,
                        "requestHeaders",
                        VirtualHost::requestHeaders,
                        "Changes to the requests of all routes, made after the route's own.");
        Slot<HeaderMutations> responseHeaders =
                RouteShapes.mutations(
                        shape,
                        "responseHeaders",
                        VirtualHost::responseHeaders,
                        "Changes to the responses of all routes, made after the route's own.");
        shape.rule(Rules::virtualHost);
        return shape.make(
                v ->
                        new VirtualHost(
                                name.of(v),
                                listeners.of(v),
                                domains.of(v),
                                routes.of(v),
                                requestHeaders.of(v),
                                responseHeaders.of(v)));
    }

    private static Shape<Cluster> cluster() {
        ShapeBuilder<Cluster.Endpoint> endpoint =
                new ShapeBuilder<>(
                        "Endpoint", "One host, or all the addresses that a DNS name stands for.");
        Slot<String> address =
                endpoint.required(
                        "address",
                        Types.text(1, 253),
                        Cluster.Endpoint::address,
                        "IP address or DNS name.");
        Slot<Integer> port =
                endpoint.required(
                        "port",
                        Types.whole(1, 65_535),
                        Cluster.Endpoint::port,
                        "Port to connect to.");
        endpoint.rule(Rules::endpoint);
        Shape<Cluster.Endpoint> endpointShape =
                endpoint.make(v -> new Cluster.Endpoint(address.of(v), port.of(v)));

        ShapeBuilder<Cluster> shape =
                document(Kind.CLUSTER, "The hosts that serve what is routed to it.");
        Slot<String> name = name(shape);
        Slot<List<Cluster.Endpoint>> endpoints =
                shape.optional(
                        "endpoints",
                        Types.list(endpointShape, 0),
                        Cluster::endpoints,
                        List.of(),
                        "Its hosts. Without any, every request is answered with 503.");
        Slot<Cluster.LbPolicy> lbPolicy =
                shape.optional(
                        "lbPolicy",
                        Types.oneOf(Cluster.LbPolicy.values()),
                        Cluster::lbPolicy,
                        Cluster.LbPolicy.ROUND_ROBIN,
                        "How a host is picked for a request. LEAST_REQUEST: the one with fewer active requests of two picked at random.");
        Slot<Duration> connectTimeout =
                shape.optional(
                        "connectTimeout",
                        Types.duration(Duration.ofMillis(1), LONGEST),
                        Cluster::connectTimeout,
                        Cluster.DEFAULT_CONNECT_TIMEOUT,
                        "How long a connection to a host may take to open.");
        shape.rule(Rules::cluster);
        return shape.make(
                v ->
                        new Cluster(
                                name.of(v), endpoints.of(v), lbPolicy.of(v), connectTimeout.of(v)));
    }

    private static Shape<Secret> secret() {
        ShapeBuilder<Secret> shape =
                document(
                        Kind.SECRET,
                        "Something that only instances may read: encrypted where it is stored, redacted wherever it is shown.");
        Slot<String> name = name(shape);
        Slot<String> value =
                shape.required(
                        "value", Types.secret(1, 65_536), Secret::value, "1 byte to 64 KiB.");
        shape.rule(Rules::secret);
        return shape.make(v -> new Secret(name.of(v), value.of(v)));
    }
}
