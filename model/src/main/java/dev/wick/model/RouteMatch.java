package dev.wick.model;

import java.util.List;

/**
 * Which requests a route takes: all conditions must hold.
 *
 * @param path required
 * @param methods any of these, upper case as in the request line; empty: every method
 * @param grpc whether only gRPC requests match, by their content type; default false
 */
public record RouteMatch(
        PathMatch path,
        List<String> methods,
        List<HeaderMatch> headers,
        List<QueryMatch> query,
        List<CookieMatch> cookies,
        boolean grpc) {

    public RouteMatch {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        cookies = List.copyOf(cookies);
    }

    public RouteMatch(
            PathMatch path,
            List<String> methods,
            List<HeaderMatch> headers,
            List<QueryMatch> query) {
        this(path, methods, headers, query, List.of(), false);
    }
}
