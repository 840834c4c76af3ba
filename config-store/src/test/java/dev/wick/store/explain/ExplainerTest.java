package dev.wick.store.explain;

import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.listener;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wick.model.wire.JsonSchema;
import dev.wick.store.explain.Explanation.Setting;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which settings hold for a request, and whose word each is. */
class ExplainerTest extends ExplainedStore {

    @Test
    void aRouteInheritsFromItsVirtualHostAndItsListener() {
        store.apply(
                """
                kind: Listener
                name: http
                port: 80
                http:
                  streamIdleTimeout: 2m
                  commonHttpProtocolOptions: {maxStreamDuration: 1h}
                  upgrades: [{type: websocket}, {type: other}]
                ---
                """
                        + cluster("web", 9000)
                        + host(
                                """
                                retryPolicy: {retryOn: 5xx, numRetries: 2}
                                requestMirrorPolicies: [{cluster: web, runtimeFraction: {defaultValue: {numerator: 5}}}]
                                requestBodyBufferLimit: 1000
                                """,
                                "route: {cluster: web, timeout: 3s, upgrades: [{type: WebSocket, enabled: false}]}"));

        Explanation told = explain("http://shop.test/a");

        assertEquals("3s < route 0", setting(told, "route 0", "route.timeout"));
        assertEquals("2m < Listener/http", setting(told, "route 0", "route.idleTimeout"));
        assertEquals(
                "1h < Listener/http",
                setting(told, "route 0", "route.maxStreamDuration.maxStreamDuration"));
        assertEquals(
                "5xx < VirtualHost/shop", setting(told, "route 0", "route.retryPolicy.retryOn"));
        assertEquals(
                "25ms < default",
                setting(told, "route 0", "route.retryPolicy.retryBackOff.baseInterval"));
        assertEquals(
                "1000 < VirtualHost/shop",
                setting(told, "route 0", "route.requestBodyBufferLimit"));
        assertEquals(
                "5 < VirtualHost/shop",
                setting(
                        told,
                        "route 0",
                        "route.requestMirrorPolicies[0].runtimeFraction.defaultValue.numerator"));
        assertEquals("false < route 0", setting(told, "route 0", "route.upgrades[0].enabled"));
        assertEquals("other < Listener/http", setting(told, "route 0", "route.upgrades[1].type"));
        assertTrue(
                told.settings().stream()
                        .noneMatch(one -> one.name().equals("route.upgrades[2].type")));
    }

    @Test
    void whatARouteSaysComesFirst() {
        store.apply(
                listener("http", 80)
                        + cluster("web", 9000)
                        + host(
                                "retryPolicy: {retryOn: 5xx, numRetries: 2}",
                                "route: {cluster: web, idleTimeout: 7s, retryPolicy: {retryOn: reset},"
                                        + " maxStreamDuration: {grpcTimeoutHeaderMax: 9s}}"));

        Explanation told = explain("http://shop.test/a");

        assertEquals("7s < route 0", setting(told, "route 0", "route.idleTimeout"));
        assertEquals("reset < route 0", setting(told, "route 0", "route.retryPolicy.retryOn"));
        assertEquals("1 < default", setting(told, "route 0", "route.retryPolicy.numRetries"));
        assertTrue(setting(told, "route 0", "route.timeout").startsWith("none, where"));
        assertEquals(
                "9s < route 0",
                setting(told, "route 0", "route.maxStreamDuration.grpcTimeoutHeaderMax"));
        assertEquals(
                "none < default",
                setting(told, "route 0", "route.maxStreamDuration.maxStreamDuration"));
    }

    @Test
    void aChainsOwnOptionsTakeThePlaceOfItsListeners() {
        store.apply(
                """
                kind: Listener
                name: http
                port: 80
                http: {streamIdleTimeout: 2m, requestTimeout: 8s}
                filterChains: [{name: all, http: {streamIdleTimeout: 3m}}]
                ---
                """
                        + cluster("web", 9000)
                        + host("", "route: {cluster: web}"));

        Explanation told = explain("http://shop.test/a");

        assertEquals(
                "3m < filter chain all", setting(told, "Listener/http", "http.streamIdleTimeout"));
        assertEquals("0s < default", setting(told, "Listener/http", "http.requestTimeout"));
        assertEquals("true < default", setting(told, "Listener/http", "http.useRemoteAddress"));
        assertEquals("3m < filter chain all", setting(told, "route 0", "route.idleTimeout"));
    }

    @Test
    void aClusterTellsWhatItDoesWithRequestsOfThePriority() {
        store.apply(
                listener("http", 80)
                        + """
                        kind: Cluster
                        name: web
                        type: EDS
                        edsClusterConfig: {serviceName: hosts}
                        lbPolicy: RING_HASH
                        circuitBreakers:
                          thresholds: [{maxRequests: 5}, {priority: HIGH, maxRequests: 7}]
                        outlierDetection: {consecutive5xx: 3}
                        ---
                        kind: Endpoints
                        name: hosts
                        overprovisioningFactor: 200
                        endpoints:
                          - {address: 127.0.0.1, port: 9000, priority: 1, locality: {zone: a}}
                        ---
                        """
                        + host("", "route: {cluster: web, priority: HIGH}"));

        Explanation told = explain("http://shop.test/a");

        String of = "Cluster/web";
        assertEquals("RING_HASH < Cluster/web", setting(told, of, "lbPolicy"));
        assertEquals("1024 < default", setting(told, of, "ringHashLbConfig.minimumRingSize"));
        assertEquals(
                "7 < Cluster/web", setting(told, of, "circuitBreakers.thresholds[0].maxRequests"));
        assertEquals("3 < default", setting(told, of, "circuitBreakers.thresholds[0].maxRetries"));
        assertEquals("3 < Cluster/web", setting(told, of, "outlierDetection.consecutive5xx"));
        assertEquals("200 < Endpoints/hosts", setting(told, of, "overprovisioningFactor"));
        assertEquals("hosts < Cluster/web", setting(told, of, "edsClusterConfig.serviceName"));
        assertEquals(
                "false < default",
                setting(told, of, "explicitHttpConfig.httpProtocolOptions.enableTrailers"));
        assertEquals(
                "address 127.0.0.1, port 9000, priority 1, locality.zone a < Endpoints/hosts",
                setting(told, of, "endpoints[0]"));
        assertTrue(
                told.settings().stream().noneMatch(one -> one.name().startsWith("maglevLbConfig")));
    }

    @Test
    void breakersThatNobodyMentionsAreEnvoys() {
        store.apply(
                listener("http", 80)
                        + cluster("web", 9000)
                        + host("", "route: {cluster: web, priority: HIGH}"));

        Explanation told = explain("http://shop.test/a");

        String thresholds = "circuitBreakers.thresholds[0].";
        assertEquals("HIGH < default", setting(told, "Cluster/web", thresholds + "priority"));
        assertEquals("1024 < default", setting(told, "Cluster/web", thresholds + "maxRequests"));
    }

    @Test
    void whatIsAnsweredHereHasSettingsToo() {
        store.apply(
                listener("http", 80)
                        + host(
                                "",
                                "directResponse: {status: 200, body: \""
                                        + "x".repeat(600)
                                        + "\"}"));

        Explanation told = explain("http://shop.test/");

        assertEquals("200 < route 0", setting(told, "route 0", "directResponse.status"));
        assertTrue(setting(told, "route 0", "directResponse.body").contains("(600 characters)"));
    }

    /** Those that are left out say nothing about the request, or are told elsewhere. */
    @Test
    void everyFieldOfTheLanguageIsExplained() throws IOException {
        store.apply(
                listener("http", 80) + cluster("web", 9000) + host("", "route: {cluster: web}"));
        Explanation told = explain("http://shop.test/");

        assertExplained(
                told,
                "Listener",
                "Listener/http",
                "",
                Set.of("kind", "name", "filterChains", "defaultFilterChain"));
        assertExplained(
                told,
                "HttpOptions",
                "Listener/http",
                "http.",
                Set.of("requestHeaders", "responseHeaders"));
        assertExplained(
                told,
                "VirtualHost",
                "VirtualHost/shop",
                "",
                Set.of(
                        "kind",
                        "name",
                        "routes",
                        "requestHeaders",
                        "responseHeaders",
                        "requestMirrorPolicies",
                        "retryPolicy",
                        "hedgePolicy",
                        "requestBodyBufferLimit"));
        assertExplained(
                told,
                "RouteToCluster",
                "route 0",
                "route.",
                Set.of("clusterHeader", "weightedClusters"));
        assertExplained(
                told,
                "Cluster",
                "Cluster/web",
                "",
                Set.of(
                        "kind",
                        "name",
                        "edsClusterConfig",
                        "leastRequestLbConfig",
                        "ringHashLbConfig",
                        "maglevLbConfig"));
    }

    private static void assertExplained(
            Explanation told, String shape, String of, String prefix, Set<String> leftOut)
            throws IOException {
        JsonNode schema = new ObjectMapper().readTree(JsonSchema.text());
        Set<String> fields = new TreeSet<>();
        schema.path("$defs")
                .path(shape)
                .path("properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        assertTrue(fields.size() > 5, schema.path("$defs").path(shape)::toString);
        Set<String> explained = new HashSet<>(leftOut);
        for (Setting one : told.settings()) {
            if (one.of().equals(of) && one.name().startsWith(prefix)) {
                explained.add(one.name().substring(prefix.length()).split("[.\\[]")[0]);
            }
        }
        fields.removeAll(explained);
        assertEquals(Set.of(), fields, shape);
    }
}
