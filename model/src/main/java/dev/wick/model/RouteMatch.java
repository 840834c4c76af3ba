package dev.wick.model;

import java.util.List;

/**
 * Which requests a route takes: all conditions must hold.
 *
 * @param path required
 * @param methods any of these, upper case as in the request line; empty: every method
 */
public record RouteMatch(
        PathMatch path, List<String> methods, List<HeaderMatch> headers, List<QueryMatch> query) {

    public RouteMatch {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }
}
