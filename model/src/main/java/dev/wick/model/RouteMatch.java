package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route takes: all conditions must hold.
 *
 * @param path required
 * @param methods any of these, upper case as in the request line; empty: every method
 * @param grpc whether only gRPC requests match, by their content type; default false
 * @param runtimeFraction the share of requests that match; null: all
 */
public record RouteMatch(
        PathMatch path,
        List<String> methods,
        List<HeaderMatch> headers,
        List<QueryMatch> query,
        List<CookieMatch> cookies,
        boolean grpc,
        @Nullable RuntimeFraction runtimeFraction) {

    public RouteMatch {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        cookies = List.copyOf(cookies);
    }

    /** Of all requests. */
    public RouteMatch(
            PathMatch path,
            List<String> methods,
            List<HeaderMatch> headers,
            List<QueryMatch> query,
            List<CookieMatch> cookies,
            boolean grpc) {
        this(path, methods, headers, query, cookies, grpc, null);
    }

    public RouteMatch(
            PathMatch path,
            List<String> methods,
            List<HeaderMatch> headers,
            List<QueryMatch> query) {
        this(path, methods, headers, query, List.of(), false, null);
    }
}
