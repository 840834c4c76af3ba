package dev.wick.store.explain;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.listener;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a request's headers, and of who sent it. */
class ExplainedRequestTest extends ExplainedStore {

    @Test
    void headersAreChangedInEnvoysOrder() {
        String bundle =
                """
                kind: Listener
                name: http
                port: 80
                http:
                  mostSpecificHeaderMutationsWins: %s
                  requestHeaders: {set: [{name: x, value: listener}]}
                ---
                """
                        + cluster("web", 9000)
                        + host(
                                "requestHeaders: {set: [{name: x, value: host}], remove: [y]}",
                                """
                                requestHeaders: {add: [{name: x, value: route}, {name: z, value: "%PROTOCOL%", appendAction: OVERWRITE_IF_EXISTS}]}
                                    responseHeaders: {remove: [server]}
                                    route:
                                      weightedClusters:
                                        - {cluster: web, weight: 1, requestHeaders: {remove: [w]}}
                                """);
        store.apply(bundle.replace("%s", "false"));
        assertEquals(
                List.of(
                        "request w < route 0, to Cluster/web",
                        "request z: %PROTOCOL% < route 0",
                        "request x: route < route 0",
                        "request y < VirtualHost/shop",
                        "request x: host < VirtualHost/shop",
                        "request x: listener < Listener/http",
                        "response server < route 0"),
                changes());

        store.apply(bundle.replace("%s", "true"));
        assertEquals(
                List.of(
                        "request w < route 0, to Cluster/web",
                        "request x: listener < Listener/http",
                        "request y < VirtualHost/shop",
                        "request x: host < VirtualHost/shop",
                        "request z: %PROTOCOL% < route 0",
                        "request x: route < route 0",
                        "response server < route 0"),
                changes());
    }

    private List<String> changes() {
        return explain("http://shop.test/a").headerChanges().stream()
                .map(
                        one ->
                                one.message()
                                        + " "
                                        + one.name()
                                        + (one.value() == null ? "" : ": " + one.value())
                                        + " < "
                                        + one.from())
                .toList();
    }

    @Test
    void valuesAreMatchedAsOctetsAndShownAsCharacters() {
        store.apply(
                listener("http", 80)
                        + """
                        kind: VirtualHost
                        name: shop
                        domains: [shop.test]
                        routes:
                          - match: {path: {prefix: /}, headers: [{name: x, exact: "\u00e0"}]}
                            directResponse: {status: 400}
                          - match: {path: {prefix: /}, headers: [{name: x, regex: "[^\u00e9]"}]}
                            directResponse: {status: 401}
                          - match: {path: {prefix: /}, headers: [{name: x, regex: "\u00e9"}]}
                            directResponse: {status: 402}
                        """);

        Explanation explanation = explain("http://shop.test/", new Question.Header("x", "\u00e9"));

        assertEquals(2, explanation.route());
        assertTrue(
                explanation
                        .steps()
                        .containsAll(
                                List.of(
                                        "route 0: header x: \"\u00e9\" (expected: exact \"\u00e0\")",
                                        "route 1: header x: \"\u00e9\" (expected: regex \"[^\u00e9]\")")),
                explanation.steps()::toString);
    }

    @Test
    void whoIsOutsideIsNotBelieved() throws IOException {
        store.apply(
                """
                kind: Listener
                name: http
                port: 80
                http: {internalAddressConfig: {cidrRanges: [10.0.0.0/8]}}
                ---
                """
                        + cluster("web", 9000)
                        + host("", "route: {cluster: web}"));
        Question.Header retries = new Question.Header("x-envoy-retry-on", "5xx");

        List<String> outside = explain("http://shop.test/", retries).steps();
        assertTrue(outside.contains("client 203.0.113.1: external"), outside::toString);
        assertTrue(
                outside.contains("header x-envoy-retry-on: taken out, as the client is external"),
                outside::toString);

        Question asked =
                new Question(
                        "GET",
                        URI.create("http://shop.test/"),
                        List.of(retries),
                        null,
                        null,
                        InetAddress.ofLiteral("10.1.2.3"));
        List<String> inside = new Explainer(store.slices).explain(GATEWAY, asked).steps();
        assertTrue(inside.contains("client 10.1.2.3: internal"), inside::toString);
        assertTrue(
                inside.contains("header x-envoy-retry-on: believed, as the client is internal"),
                inside::toString);
    }

    @Test
    void aRequestWithoutTheAddressThatIsAskedForIsRejected() {
        store.apply(
                """
                kind: Listener
                name: http
                port: 80
                http:
                  originalIpDetectionExtensions:
                    - customHeader: {headerName: x-ip, rejectWithStatus: 403}
                ---
                """
                        + cluster("web", 9000)
                        + host("", "route: {cluster: web}"));

        assertTrue(explain("http://shop.test/").action().startsWith("403"));
        assertEquals(
                "forward to cluster web",
                explain("http://shop.test/", new Question.Header("x-ip", "10.9.9.9")).action());
    }

    @Test
    void theVirtualClusterThatCountsTheRequestIsNamed() {
        store.apply(
                listener("http", 80)
                        + cluster("web", 9000)
                        + host(
                                "virtualClusters: [{name: logins, headers: [{name: \":path\", exact: /login}]}]",
                                "route: {cluster: web}"));

        assertEquals(
                "logins < VirtualHost/shop",
                setting(explain("http://shop.test/login"), "VirtualHost/shop", "virtualCluster"));
        assertEquals(
                "other < VirtualHost/shop",
                setting(explain("http://shop.test/"), "VirtualHost/shop", "virtualCluster"));
    }
}
