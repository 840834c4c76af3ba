package dev.wick.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route does with a request: exactly one of {@code route}, {@code redirect}, {@code
 * directResponse} in a document.
 */
public sealed interface RouteAction {

    /**
     * Sends it to a cluster ({@code route}).
     *
     * @param choice which cluster it goes to
     */
    record Forward(
            ClusterChoice choice,
            Rewrite rewrite,
            Timeouts timeouts,
            Delivery delivery,
            RetryRules retries,
            Balancing balancing,
            Upgrades upgrades)
            implements RouteAction {

        /** To clusters, with all defaults. */
        public Forward(List<WeightedCluster> clusters) {
            this(
                    new ClusterChoice(clusters),
                    Rewrite.NONE,
                    Timeouts.DEFAULT,
                    Delivery.DEFAULT,
                    RetryRules.DEFAULT,
                    Balancing.DEFAULT,
                    Upgrades.DEFAULT);
        }

        /** With what its virtual host says, where it says nothing itself. */
        public Forward within(HostPolicies host) {
            return new Forward(
                    choice,
                    rewrite,
                    timeouts,
                    delivery.within(host.delivery()),
                    retries.within(host.retries()),
                    balancing,
                    upgrades);
        }

        /** One or more. */
        public List<WeightedCluster> clusters() {
            return choice.clusters();
        }
    }

    /**
     * One of the clusters among which requests are split ({@code weightedClusters}).
     *
     * @param cluster its name; null: {@code clusterHeader} says it
     * @param clusterHeader the header whose first value names the cluster; null where it is named
     * @param weight 0-4,294,967,295; the share is weight / sum of weights, and the sum is at least
     *     1
     * @param requestHeaders changes to requests that go there, made before the route's
     * @param responseHeaders changes to responses from there, made before the route's
     * @param metadataMatch the subset that requests go to, each value as JSON; key by key before
     *     the route's
     */
    record WeightedCluster(
            @Nullable String cluster,
            @Nullable String clusterHeader,
            long weight,
            HeaderMutations requestHeaders,
            HeaderMutations responseHeaders,
            Map<String, String> metadataMatch) {

        public WeightedCluster {
            metadataMatch = Map.copyOf(metadataMatch);
        }

        public WeightedCluster(String cluster, long weight) {
            this(cluster, weight, HeaderMutations.NONE, HeaderMutations.NONE);
        }

        /** Named by itself. */
        public WeightedCluster(
                String cluster,
                long weight,
                HeaderMutations requestHeaders,
                HeaderMutations responseHeaders) {
            this(cluster, null, weight, requestHeaders, responseHeaders, Map.of());
        }

        /** Named by a header. */
        public static WeightedCluster byHeader(String header) {
            return new WeightedCluster(
                    null, header, 1, HeaderMutations.NONE, HeaderMutations.NONE, Map.of());
        }

        /** Whether a document may say it without a list: nothing but a cluster of weight 1. */
        public boolean isPlain() {
            return weight == 1
                    && requestHeaders.isEmpty()
                    && responseHeaders.isEmpty()
                    && metadataMatch.isEmpty();
        }
    }

    /**
     * Answers with a redirect; what is null is kept from the request ({@code redirect}).
     *
     * @param port 1-65535
     * @param path replaces the path
     * @param prefixRewrite replaces the matched part of the path
     * @param regexRewrite replaces parts of the path; at most one of path, prefixRewrite and this
     * @param status 301 (default), 302, 303, 307 or 308
     * @param stripQuery default false
     * @param httpsRedirect the scheme is https; excludes scheme
     */
    record Redirect(
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path,
            @Nullable String prefixRewrite,
            @Nullable RegexRewrite regexRewrite,
            int status,
            boolean stripQuery,
            boolean httpsRedirect)
            implements RouteAction {

        /** Without an expression, and with the scheme by its name. */
        public Redirect(
                @Nullable String scheme,
                @Nullable String host,
                @Nullable Integer port,
                @Nullable String path,
                @Nullable String prefixRewrite,
                int status,
                boolean stripQuery) {
            this(scheme, host, port, path, prefixRewrite, null, status, stripQuery, false);
        }

        /** The scheme to redirect to; null: the request's. */
        public @Nullable String newScheme() {
            return httpsRedirect ? "https" : scheme;
        }
    }

    /**
     * Answers itself ({@code directResponse}).
     *
     * @param status 200-599
     * @param body at most 4,096 bytes of UTF-8, as in Envoy
     */
    record DirectResponse(int status, String body) implements RouteAction {}
}
