package dev.wick.model;

import java.util.List;

/**
 * Which redirects of a host are followed here rather than passed to the client; Envoy's {@code
 * InternalRedirectPolicy}.
 *
 * @param maxInternalRedirects how many in a row, 0-100; default 1
 * @param redirectResponseCodes of 301, 302, 303, 307 and 308; default 302
 * @param allowCrossSchemeRedirect whether the scheme may change; default false
 * @param predicates what else must hold
 * @param responseHeadersToCopy names of headers that go from the redirect into the next request
 */
public record InternalRedirectPolicy(
        int maxInternalRedirects,
        List<Integer> redirectResponseCodes,
        boolean allowCrossSchemeRedirect,
        Predicates predicates,
        List<String> responseHeadersToCopy) {

    public InternalRedirectPolicy {
        redirectResponseCodes = List.copyOf(redirectResponseCodes);
        responseHeadersToCopy = List.copyOf(responseHeadersToCopy);
    }

    /**
     * What must hold of the route that a redirect leads to.
     *
     * @param previousRoutes whether no route may be met twice
     * @param allowListedRoutes names of routes that may be met; empty: any
     * @param safeCrossScheme whether a request by http may not become one by https
     */
    public record Predicates(
            boolean previousRoutes, List<String> allowListedRoutes, boolean safeCrossScheme) {

        /** Nothing. */
        public static final Predicates NONE = new Predicates(false, List.of(), false);

        public Predicates {
            allowListedRoutes = List.copyOf(allowListedRoutes);
        }
    }
}
