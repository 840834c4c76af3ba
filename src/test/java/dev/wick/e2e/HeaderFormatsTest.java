package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Headers whose values are made of the request, and what happens where they are there already. */
class HeaderFormatsTest {

    private static final StoreApi STORE = Store.shared().gateway("formats");

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        exchange.body();
                        exchange.reply(200, "ok", "x-version: 7");
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: formats
                        domains: [formats.test]
                        routes:
                          - name: operators
                            match: {path: {prefix: /op}}
                            requestHeaders:
                              set:
                                - {name: x-who, value: "%REQ(x-user?x-name):5% by %PROTOCOL%"}
                                - {name: x-there, value: new, appendAction: OVERWRITE_IF_EXISTS}
                              add:
                                - {name: x-client, value: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"}
                                - {name: x-once, value: mine, appendAction: ADD_IF_ABSENT}
                                - {name: x-empty, value: "%REQ(none)%"}
                                - {name: x-kept, value: "%REQ(none)%", keepEmptyValue: true}
                                - {name: x-path, value: "%REQ(:METHOD)% %REQ_WITHOUT_QUERY(:PATH)%"}
                                - {name: x-day, value: "%START_TIME(%Y)%"}
                            responseHeaders:
                              add:
                                - {name: x-status, value: "%RESPONSE_CODE% of %UPSTREAM_CLUSTER%"}
                                - {name: x-host, value: "%UPSTREAM_HOST%"}
                                - {name: x-route, value: "%ROUTE_NAME% %RESPONSE_CODE_DETAILS%"}
                                - {name: x-their, value: "%RESP(X-Version)%"}
                            route: {cluster: formats}
                          - match: {path: {prefix: /weighted}}
                            requestHeaders: {set: [{name: x-level, value: route}]}
                            responseHeaders: {add: [{name: x-levels, value: route}]}
                            route:
                              weightedClusters:
                                - cluster: formats
                                  weight: 1
                                  requestHeaders:
                                    set: [{name: x-level, value: cluster}, {name: x-cluster, value: "yes"}]
                                  responseHeaders: {add: [{name: x-levels, value: cluster}]}
                          - match: {path: {prefix: /direct}}
                            responseHeaders:
                              add: [{name: x-why, value: "%RESPONSE_CODE_DETAILS% %RESPONSE_FLAGS%"}]
                            directResponse: {status: 418}
                          - match: {path: {prefix: /dead}}
                            responseHeaders:
                              add: [{name: x-why, value: "%RESPONSE_FLAGS% %RESPONSE_FLAGS_LONG%"}]
                            route: {cluster: dead}
                        ---
                        kind: Cluster
                        name: dead
                        ---
                        """
                        + Documents.cluster("formats", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "formats");
    }

    @Test
    void a_request_is_described_in_its_own_headers() {
        Reply reply = gateway.get("formats.test", "/op?q=1", "x-name: somebody", "x-there: old");
        Request request = UPSTREAM.last();

        assertEquals(200, reply.status());
        assertEquals("someb by HTTP/1.1", request.field("x-who"));
        assertEquals("new", request.field("x-there"));
        assertEquals("127.0.0.1", request.field("x-client"));
        assertEquals("mine", request.field("x-once"));
        assertNull(request.field("x-empty"));
        assertEquals("", request.field("x-kept"));
        assertEquals("GET /op", request.field("x-path"));
        assertTrue(String.valueOf(request.field("x-day")).matches("20\\d\\d"));
    }

    @Test
    void actions_look_at_what_is_there() {
        gateway.get("formats.test", "/op", "x-once: theirs");

        assertEquals(List.of("theirs"), UPSTREAM.last().fields("x-once"));
        assertNull(UPSTREAM.last().field("x-there"));
    }

    @Test
    void an_answer_says_where_it_comes_from() {
        Reply reply = gateway.get("formats.test", "/op");

        assertEquals("200 of formats", reply.field("x-status"));
        assertEquals("127.0.0.1:" + UPSTREAM.port(), reply.field("x-host"));
        assertEquals("operators via_upstream", reply.field("x-route"));
        assertEquals("7", reply.field("x-their"));
    }

    @Test
    void a_clusters_changes_come_before_those_of_the_route() {
        Reply reply = gateway.get("formats.test", "/weighted");

        assertEquals("route", UPSTREAM.last().field("x-level"));
        assertEquals("yes", UPSTREAM.last().field("x-cluster"));
        assertEquals(List.of("cluster", "route"), reply.fields("x-levels"));
    }

    @Test
    void answers_from_here_say_why() {
        assertEquals("direct_response -", gateway.get("formats.test", "/direct").field("x-why"));
        assertEquals("UH NoHealthyUpstream", gateway.get("formats.test", "/dead").field("x-why"));
    }

    @Test
    void an_unknown_operator_is_refused_with_those_that_are_known() {
        String refused =
                STORE.tryApply(
                                """
                        kind: VirtualHost
                        name: wrong
                        domains: [wrong.test]
                        requestHeaders: {add: [{name: x, value: "%DOWNSTREAM_TLS_VERSION%"}]}
                        """)
                        .body()
                        .asString();
        assertNotNull(refused);
        assertTrue(refused.contains("UPSTREAM_CLUSTER"), refused);
    }
}
