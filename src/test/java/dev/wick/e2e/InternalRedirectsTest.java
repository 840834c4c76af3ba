package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redirects of hosts that are followed by the gateway. */
class InternalRedirectsTest {

    private static final StoreApi STORE = Store.shared().gateway("follows");

    @AutoClose private static Gateway gateway;

    /** Redirects to what {@code to=} says, with a body; answers all else with its target. */
    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        exchange.body();
                        String target = exchange.request().target();
                        int to = target.indexOf("to=");
                        if (to < 0) {
                            exchange.reply(200, target);
                        } else {
                            String location = target.substring(to + 3);
                            int status = target.contains("see") ? 303 : 302;
                            exchange.reply(status, "moved", "location: " + location, "x-token: 7");
                        }
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: follows
                        domains: [follows.test]
                        routes:
                          - match: {path: {prefix: /pick}}
                            route:
                              cluster: follows
                              internalRedirectPolicy:
                                predicates: {allowListedRoutes: [allowed]}
                          - name: allowed
                            match: {path: {prefix: /allowed}}
                            route: {cluster: follows}
                          - match: {path: {prefix: /}}
                            route:
                              cluster: follows
                              internalRedirectPolicy:
                                maxInternalRedirects: 2
                                redirectResponseCodes: [302, 303]
                                responseHeadersToCopy: [x-token]
                        ---
                        """
                        + Documents.cluster("follows", UPSTREAM.port())
                        + Documents.host("elsewhere", "elsewhere.test", "follows")
                        + Documents.saying("said", "said.test", "from here"));
        gateway = Gateway.start(Store.shared(), "follows");
    }

    private static Reply get(String path) {
        return gateway.get("follows.test", path);
    }

    @Test
    void a_redirect_is_followed_and_the_client_sees_where_it_ends() {
        long before = gateway.stat("cluster.follows.upstream_internal_redirect_succeeded_total");

        Reply reply = get("/a?to=http://follows.test/b");

        assertEquals(200, reply.status());
        assertEquals("/b", reply.text());
        Request request = UPSTREAM.last();
        assertEquals("7", request.field("x-token"));
        assertEquals(
                "http://follows.test/a?to=http://follows.test/b",
                request.field("x-envoy-original-url"));
        assertEquals(1, request.fields("x-envoy-expected-rq-timeout-ms").size());
        assertEquals(
                before + 1,
                gateway.stat("cluster.follows.upstream_internal_redirect_succeeded_total"));
    }

    @Test
    void a_redirect_to_another_host_draws_it() {
        assertEquals("/c", get("/a?to=http://elsewhere.test/c").text());
        assertEquals("elsewhere.test", UPSTREAM.last().field("host"));
        assertEquals("from here", get("/a?to=http://said.test/").text());
    }

    @Test
    void what_leads_nowhere_goes_to_the_client() {
        Reply reply = get("/a?to=http://nobody.test/");

        assertEquals(302, reply.status());
        assertEquals("http://nobody.test/", reply.field("location"));
        assertEquals("moved", get("/a?to=/relative").text());
        assertEquals(302, get("/a?to=https://follows.test/").status());
        assertTrue(gateway.stat("http.http.passthrough_internal_redirect_no_route") > 0);
        assertTrue(gateway.stat("http.http.passthrough_internal_redirect_bad_location") > 0);
        assertTrue(gateway.stat("http.http.passthrough_internal_redirect_unsafe_scheme") > 0);
    }

    @Test
    void so_many_are_followed_and_no_more() {
        String host = "http://follows.test/a?to=";

        assertEquals("/b", get("/a?to=" + host + "http://follows.test/b").text());
        assertEquals(302, get("/a?to=" + host + host + "http://follows.test/b").status());
    }

    @Test
    void only_routes_that_are_allowed_are_met() {
        assertEquals("/allowed", get("/pick?to=http://follows.test/allowed").text());
        assertEquals(302, get("/pick?to=http://follows.test/other").status());
    }

    @Test
    void a_body_is_not_sent_again_and_after_see_other_not_needed() {
        try (Http1 client = Http1.open(gateway.port())) {
            Reply kept =
                    client.request("POST", "follows.test", "/a?to=http://follows.test/b", "body");
            Reply seen =
                    client.request(
                            "POST", "follows.test", "/a?see&to=http://follows.test/b", "body");

            assertEquals(302, kept.status());
            assertEquals("/b", seen.text());
            assertEquals("GET", UPSTREAM.last().method());
            assertNull(UPSTREAM.last().field("content-length"));
        }
    }
}
