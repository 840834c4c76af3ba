package dev.wick.model;

import java.util.List;

/**
 * The routes of a set of domains.
 *
 * @param listeners names of the listeners that serve it; empty: every HTTP listener of the gateway
 * @param filterChains names of the chains that serve it; empty: every chain of those listeners
 * @param domains exact ({@code api.example.com}), suffix wildcard ({@code *.example.com}, {@code
 *     *-bar.foo.com}), prefix wildcard ({@code api.*}) or {@code *}; at least one. One without a
 *     port matches any port
 * @param routes the first that matches wins
 * @param requestHeaders changes to requests of all its routes, made after the route's own
 * @param responseHeaders changes to responses of all its routes, made after the route's own
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy's
 *     VirtualHost</a>
 */
public record VirtualHost(
        String name,
        List<String> listeners,
        List<String> filterChains,
        List<String> domains,
        List<Route> routes,
        HeaderMutations requestHeaders,
        HeaderMutations responseHeaders,
        HostPolicies policies)
        implements Document {

    public VirtualHost {
        listeners = List.copyOf(listeners);
        filterChains = List.copyOf(filterChains);
        domains = List.copyOf(domains);
        routes = List.copyOf(routes);
    }

    /** Of every filter chain. */
    public VirtualHost(
            String name,
            List<String> listeners,
            List<String> domains,
            List<Route> routes,
            HeaderMutations requestHeaders,
            HeaderMutations responseHeaders,
            HostPolicies policies) {
        this(
                name,
                listeners,
                List.of(),
                domains,
                routes,
                requestHeaders,
                responseHeaders,
                policies);
    }

    @Override
    public Kind kind() {
        return Kind.VIRTUAL_HOST;
    }
}
