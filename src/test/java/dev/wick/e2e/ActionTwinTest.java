package dev.wick.e2e;

import dev.wick.e2e.RouteTwins.Rule;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What routes do with paths, hosts and clusters, at a real Envoy and at Wick. */
class ActionTwinTest {

    @AutoClose private static RouteTwins twins;

    /** Says what it was asked. */
    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(exchange -> exchange.reply(200, shown(exchange.request())));

    private static String shown(Request request) {
        StringBuilder shown = new StringBuilder(request.method() + " " + request.target());
        for (String name :
                List.of(
                        "host",
                        "x-forwarded-host",
                        "x-envoy-original-host",
                        "x-envoy-original-path")) {
            shown.append("; ").append(name).append(" ").append(request.fields(name));
        }
        return shown.toString();
    }

    private static Rule route(String envoy, String wick, String... requests) {
        return new Rule("{" + envoy + "}", "{" + wick + "}", requests);
    }

    private static Rule forward(String envoy, String wick, String... requests) {
        return route(
                "match: {prefix: /}, route: {" + envoy + "}",
                "match: {path: {prefix: /}}, route: {" + wick + "}",
                requests);
    }

    private static Rule redirect(String envoy, String wick, String... requests) {
        return route(
                "match: {prefix: /a}, redirect: {" + envoy + "}",
                "match: {path: {prefix: /a}}, redirect: {" + wick + "}",
                requests);
    }

    private static final String TEMPLATE_MATCH =
            "path_match_policy: {name: t, typed_config: {'@type':"
                    + " type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig,"
                    + " path_template: '%s'}}";

    private static final String TEMPLATE_REWRITE =
            "path_rewrite_policy: {name: t, typed_config: {'@type':"
                    + " type.googleapis.com/envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig,"
                    + " path_template_rewrite: '%s'}}";

    private static Rule template(String match, String rewrite, String... requests) {
        return route(
                "match: {%s}, route: {cluster: up, %s}"
                        .formatted(
                                TEMPLATE_MATCH.formatted(match),
                                TEMPLATE_REWRITE.formatted(rewrite)),
                "match: {path: {template: '%s'}}, route: {cluster: up, pathTemplateRewrite: '%s'}"
                        .formatted(match, rewrite),
                requests);
    }

    private static Rule regexRewrite(String pattern, String substitution, String... requests) {
        return forward(
                "cluster: up, regex_rewrite: {pattern: {regex: '%s'}, substitution: '%s'}"
                        .formatted(pattern, substitution),
                "cluster: up, regexRewrite: {pattern: '%s', substitution: '%s'}"
                        .formatted(pattern, substitution),
                requests);
    }

    private static final List<Rule> ACTIONS =
            List.of(
                    route(
                            "match: {path_separated_prefix: /api}, route: {cluster: up, prefix_rewrite: /v2}",
                            "match: {path: {pathSeparatedPrefix: /api}}, route: {cluster: up, prefixRewrite: /v2}",
                            "/api",
                            "/api/x?q=/api",
                            "/api?x"),
                    route(
                            "match: {prefix: /API, case_sensitive: false}, route: {cluster: up, prefix_rewrite: /v2}",
                            "match: {path: {prefix: /API, caseSensitive: false}}, route: {cluster: up, prefixRewrite: /v2}",
                            "/api/x",
                            "/Apix"),
                    route(
                            "match: {safe_regex: {regex: '/a.*'}}, route: {cluster: up, prefix_rewrite: /b}",
                            "match: {path: {regex: '/a.*'}}, route: {cluster: up, prefixRewrite: /b}",
                            "/abc/d?e"),
                    regexRewrite(
                            "^/service/([^/]+)(/.*)$",
                            "\\2/instance/\\1",
                            "/service/foo/v1/api?x=/service/a/b",
                            "/other"),
                    regexRewrite("one", "two", "/xxx/one/yyy/one/zzz"),
                    regexRewrite("^(.*?)one(.*)$", "\\1two\\2", "/xxx/one/yyy/one/zzz"),
                    regexRewrite("(?i)/xxx/", "/yyy/", "/aaa/XxX/bbb"),
                    // By another substitution the path would lose its first slash, which Wick
                    // gives back.
                    regexRewrite("x*", "/", "/axxb", "/"),
                    regexRewrite("[0-9]+", "[\\0]", "/a12/3"),
                    template("/a/{x}/{y=b/*}/**", "/{y}/z/{x}", "/a/1/b/2/3?q=1", "/a/1/b/2/"),
                    template("/{x=**}.m3u8", "/v/{x}-{x}", "/a/b.m3u8"),
                    forward(
                            "cluster: up, host_rewrite_literal: other.test:81",
                            "cluster: up, hostRewriteLiteral: 'other.test:81'",
                            "/"),
                    forward(
                            "cluster: up, host_rewrite_literal: other.test, append_x_forwarded_host: true",
                            "cluster: up, hostRewriteLiteral: other.test, appendXForwardedHost: true",
                            "/",
                            "/|x-forwarded-host: first.test",
                            "/|x-forwarded-host: a,HOST"),
                    forward(
                            "cluster: up, host_rewrite_header: x-h, append_x_forwarded_host: true",
                            "cluster: up, hostRewriteHeader: X-H, appendXForwardedHost: true",
                            "/",
                            "/|x-h: new.test",
                            "/|x-h: one.test|x-h: two.test",
                            "/|x-h:"),
                    forward(
                            "cluster: up, prefix_rewrite: /n/, host_rewrite_path_regex: {pattern: {google_re2: {}, regex: '^/([^/]+)/.*$'}, substitution: '\\1.test'}",
                            "cluster: up, prefixRewrite: /n/, hostRewritePathRegex: {pattern: '^/([^/]+)/.*$', substitution: '\\1.test'}",
                            "/a/b?c",
                            "/a"),
                    forward(
                            "cluster: named, auto_host_rewrite: true, append_x_forwarded_host: true",
                            "cluster: named, autoHostRewrite: true, appendXForwardedHost: true",
                            "/"),
                    forward(
                            "cluster: up, auto_host_rewrite: true",
                            "cluster: up, autoHostRewrite: true",
                            "/"),
                    forward(
                            "cluster_header: x-cluster",
                            "clusterHeader: X-Cluster",
                            "/|x-cluster: up",
                            "/|x-cluster: nobody",
                            "/|x-cluster: Up",
                            "/|x-cluster: a b",
                            "/|x-cluster: up|x-cluster: nobody",
                            "/|x-cluster:",
                            "/"),
                    forward(
                            "cluster_header: x-cluster, cluster_not_found_response_code: NOT_FOUND",
                            "clusterHeader: x-cluster, clusterNotFoundResponseCode: NOT_FOUND",
                            "/|x-cluster: nobody",
                            "/"),
                    forward(
                            "cluster_header: ':authority', cluster_not_found_response_code: INTERNAL_SERVER_ERROR",
                            "clusterHeader: ':authority', clusterNotFoundResponseCode: INTERNAL_SERVER_ERROR",
                            "/"),
                    forward(
                            "weighted_clusters: {clusters: [{name: nobody, weight: 0}, {name: up, weight: 1}]}",
                            "weightedClusters: [{cluster: named, weight: 0}, {cluster: up, weight: 1}]",
                            "/"),
                    forward(
                            "weighted_clusters: {clusters: [{cluster_header: x-cluster, weight: 1}]}",
                            "weightedClusters: [{clusterHeader: x-cluster, weight: 1}]",
                            "/|x-cluster: up",
                            "/"),
                    redirect(
                            "https_redirect: true",
                            "httpsRedirect: true",
                            "/a?b",
                            "/a|host: HOST:80",
                            "/a|host: HOST:8080"),
                    redirect("scheme_redirect: ftp", "scheme: ftp", "/a?b"),
                    redirect("host_redirect: o.test", "host: o.test", "/a?b", "/a|host: HOST:81"),
                    redirect("port_redirect: 8443", "port: 8443", "/a?b", "/a|host: HOST:81"),
                    redirect(
                            "https_redirect: true, host_redirect: o.test, port_redirect: 444",
                            "httpsRedirect: true, host: o.test, port: 444",
                            "/a"),
                    redirect("path_redirect: /n", "path: /n", "/a?b", "/a"),
                    redirect("path_redirect: '/n?c'", "path: '/n?c'", "/a?b", "/a"),
                    redirect(
                            "path_redirect: '/n?c', strip_query: true",
                            "path: '/n?c', stripQuery: true",
                            "/a?b"),
                    redirect(
                            "path_redirect: /n, strip_query: true",
                            "path: /n, stripQuery: true",
                            "/a?b"),
                    redirect("prefix_rewrite: /n", "prefixRewrite: /n", "/a/x?b", "/ab"),
                    redirect(
                            "prefix_rewrite: /n, strip_query: true, response_code: FOUND",
                            "prefixRewrite: /n, stripQuery: true, status: 302",
                            "/a/x?b"),
                    redirect(
                            "regex_rewrite: {pattern: {regex: '^/a/(.*)$'}, substitution: '/\\1/x'}, response_code: SEE_OTHER",
                            "regexRewrite: {pattern: '^/a/(.*)$', substitution: '/\\1/x'}, status: 303",
                            "/a/y/z?b",
                            "/ab?c"),
                    redirect(
                            "host_redirect: o.test, regex_rewrite: {pattern: {regex: 'b'}, substitution: 'c'}, strip_query: true, response_code: PERMANENT_REDIRECT",
                            "host: o.test, regexRewrite: {pattern: 'b', substitution: 'c'}, stripQuery: true, status: 308",
                            "/a/b/b?b"),
                    redirect(
                            "https_redirect: true, response_code: TEMPORARY_REDIRECT",
                            "httpsRedirect: true, status: 307",
                            "/a"));

    private static final String CLUSTERS =
            """
            - name: up
              load_assignment: {cluster_name: up, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: PORT}}}}]}]}
            - name: named
              type: STRICT_DNS
              dns_lookup_family: V4_ONLY
              load_assignment: {cluster_name: named, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: localhost, port_value: PORT}}}}]}]}
            """;

    private static final String DOCUMENTS =
            """
            kind: Cluster
            name: up
            endpoints: [{address: 127.0.0.1, port: PORT}]
            ---
            kind: Cluster
            name: named
            endpoints: [{address: localhost, port: PORT}]
            ---
            """;

    @BeforeAll
    static void start() {
        Envoy.require();
        String port = Integer.toString(UPSTREAM.port());
        twins =
                new RouteTwins(
                        "action-twin",
                        ACTIONS,
                        CLUSTERS.replace("PORT", port),
                        DOCUMENTS.replace("PORT", port));
    }

    static List<Arguments> requests() {
        return RouteTwins.requests(ACTIONS);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    void wick_does_what_envoy_does(String action, String request, String host) {
        twins.same(action, request, host);
    }
}
