package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of match and of action that the language has, met by a request. */
class RoutingTest {

    private static final StoreApi STORE = Store.shared().gateway("routing");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream BLUE = Upstream.saying("blue");
    @AutoClose private static final Upstream GREEN = Upstream.saying("green");

    private static final String HOST =
            """
            kind: VirtualHost
            name: routing
            domains: [routing.test]
            routes:
              - match: {path: {exact: /exact}}
                directResponse: {status: 200, body: exact}
              - match: {path: {regex: "/users/[0-9]+"}}
                directResponse: {status: 200, body: regex}
              - match: {path: {prefix: /method}, methods: [PUT, DELETE]}
                directResponse: {status: 200, body: method}
              - match: {path: {prefix: /header}, headers: [{name: x-version, exact: "2"}]}
                directResponse: {status: 200, body: header-exact}
              - match: {path: {prefix: /header}, headers: [{name: x-version, prefix: "3."}]}
                directResponse: {status: 200, body: header-prefix}
              - match: {path: {prefix: /header}, headers: [{name: x-version, regex: "4[.][0-9]"}]}
                directResponse: {status: 200, body: header-regex}
              - match: {path: {prefix: /header}, headers: [{name: x-debug, present: true}]}
                directResponse: {status: 200, body: header-present}
              - match: {path: {prefix: /header}, headers: [{name: x-version, present: true, invert: true}]}
                directResponse: {status: 200, body: header-absent}
              - match: {path: {prefix: /query}, query: [{name: q, exact: a}]}
                directResponse: {status: 200, body: query}
              - match: {path: {prefix: /redirect/path}}
                redirect: {scheme: https, host: other.test, path: /new}
              - match: {path: {prefix: /redirect/prefix}}
                redirect: {prefixRewrite: /moved, status: 308, stripQuery: true}
              - match: {path: {prefix: /rewrite/}}
                route: {cluster: blue, prefixRewrite: /new/}
              - match: {path: {prefix: /weighted}}
                route: {weightedClusters: [{cluster: blue, weight: 3}, {cluster: green, weight: 1}]}
              - match: {path: {prefix: /only-green}}
                route: {weightedClusters: [{cluster: blue, weight: 0}, {cluster: green, weight: 1}]}
              - match: {path: {prefix: /teapot}}
                directResponse: {status: 418}
            ---
            """;

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + HOST
                        + Documents.cluster("blue", BLUE.port())
                        + Documents.cluster("green", GREEN.port()));
        gateway = Gateway.start(Store.shared(), "routing");
    }

    @ParameterizedTest(name = "{0} {1} [{2}] meets {3}")
    @CsvSource({
        "GET, /exact, '', 200 exact",
        "GET, /exact?q=1, '', 200 exact",
        "GET, /exact/, '', 404 ''",
        "GET, /EXACT, '', 404 ''",
        "GET, /users/12, '', 200 regex",
        "GET, /users/12/x, '', 404 ''",
        "GET, /users/x, '', 404 ''",
        "PUT, /method/1, '', 200 method",
        "GET, /method/1, '', 404 ''",
        "GET, /header, x-version: 2, 200 header-exact",
        "GET, /header, x-version: 3.1, 200 header-prefix",
        "GET, /header, x-version: 4.5, 200 header-regex",
        "GET, /header, x-debug:, 200 header-present",
        "GET, /header, '', 200 header-absent",
        "GET, /header, x-version: 9, 404 ''",
        "GET, /query?q=a, '', 200 query",
        "GET, /query?x=1&q=a&y=2, '', 200 query",
        "GET, /query?q=b, '', 404 ''",
        "GET, /query, '', 404 ''",
        "GET, /teapot, '', 418 ''",
        "GET, /only-green, '', 200 green",
    })
    void a_request_meets_the_first_route_that_matches(
            String method, String path, String field, String expected) {
        try (Http1 client = Http1.open(gateway.port())) {
            String[] fields = field.isEmpty() ? new String[0] : new String[] {field};
            Reply reply = client.request(method, "routing.test", path, "", fields);

            assertEquals(expected.replace("''", ""), reply.status() + " " + reply.text());
        }
    }

    @Test
    void a_redirect_changes_what_it_names_and_keeps_the_rest() {
        Reply path = gateway.get("routing.test", "/redirect/path/x?q=1");
        assertEquals(301, path.status());
        assertEquals("https://other.test/new?q=1", path.field("location"));

        Reply prefix = gateway.get("routing.test", "/redirect/prefix/x?q=1");
        assertEquals(308, prefix.status());
        assertEquals("http://routing.test/moved/x", prefix.field("location"));
    }

    @Test
    void a_prefix_is_rewritten_and_the_query_kept() {
        gateway.get("routing.test", "/rewrite/a/b?c=d");

        assertEquals("/new/a/b?c=d", BLUE.last().target());
        assertEquals("/rewrite/a/b?c=d", BLUE.last().field("x-envoy-original-path"));
    }

    @Test
    void weights_share_out_the_requests() {
        int green = 0;
        try (Http1 client = Http1.open(gateway.port())) {
            for (int i = 0; i < 400; i++) {
                Reply reply = client.request("GET", "routing.test", "/weighted", "");
                green += reply.text().equals("green") ? 1 : 0;
            }
        }
        int share = green;
        // 100 are expected; 5 standard deviations of 8.7 to each side.
        assertTrue(share > 56 && share < 144, () -> share + " of 400 to a quarter of the weight");
    }

    @Test
    void endpoints_take_turns() {
        STORE.apply(
                """
                kind: Cluster
                name: turns
                lbPolicy: ROUND_ROBIN
                endpoints: [{address: 127.0.0.1, port: %d}, {address: localhost, port: %d}]
                ---
                """
                                .formatted(BLUE.port(), GREEN.port())
                        + Documents.host("turns", "turns.test", "turns"));
        int blue = 0;
        for (int i = 0; i < 40; i++) {
            blue += gateway.get("turns.test", "/").text().equals("blue") ? 1 : 0;
        }
        int share = blue;
        assertTrue(share >= 10 && share <= 30, () -> share + " of 40 to one of two");
    }

    @Test
    void the_endpoint_with_fewer_requests_under_way_gets_more() {
        STORE.apply(
                """
                kind: Cluster
                name: least
                lbPolicy: LEAST_REQUEST
                endpoints: [{address: 127.0.0.1, port: %d}, {address: 127.0.0.1, port: %d}]
                ---
                """
                                .formatted(BLUE.port(), GREEN.port())
                        + Documents.host("least", "least.test", "least"));
        for (int i = 0; i < 20; i++) {
            assertEquals(200, gateway.get("least.test", "/").status());
        }
    }
}
