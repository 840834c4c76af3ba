package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route does with a request: exactly one of {@code route}, {@code redirect}, {@code
 * directResponse} in a document.
 */
public sealed interface RouteAction {

    /**
     * Sends it to a cluster ({@code route}).
     *
     * @param clusters one or more; {@code cluster: x} in a document is one of weight 1
     */
    record Forward(
            List<WeightedCluster> clusters,
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
                    clusters,
                    Rewrite.NONE,
                    Timeouts.DEFAULT,
                    Delivery.DEFAULT,
                    RetryRules.DEFAULT,
                    Balancing.DEFAULT,
                    Upgrades.DEFAULT);
        }

        public Forward {
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * One of the clusters among which requests are split ({@code weightedClusters}).
     *
     * @param weight 0-4,294,967,295; the share is weight / sum of weights, and the sum is at least
     *     1
     * @param requestHeaders changes to the requests that go there, made before the route's
     * @param responseHeaders changes to their responses, made before the route's
     */
    record WeightedCluster(
            String cluster,
            long weight,
            HeaderMutations requestHeaders,
            HeaderMutations responseHeaders) {

        /** Without changes to headers. */
        public WeightedCluster(String cluster, long weight) {
            this(cluster, weight, HeaderMutations.NONE, HeaderMutations.NONE);
        }
    }

    /**
     * Answers with a redirect; what is null is kept from the request ({@code redirect}).
     *
     * @param port 1-65535
     * @param path replaces the path; excludes prefixRewrite
     * @param prefixRewrite replaces the matched part of the path; excludes path
     * @param status 301 (default), 302, 303, 307 or 308
     * @param stripQuery default false
     */
    record Redirect(
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path,
            @Nullable String prefixRewrite,
            int status,
            boolean stripQuery)
            implements RouteAction {}

    /**
     * Answers itself ({@code directResponse}).
     *
     * @param status 200-599
     * @param body at most 4,096 bytes of UTF-8, as in Envoy
     */
    record DirectResponse(int status, String body) implements RouteAction {}
}
