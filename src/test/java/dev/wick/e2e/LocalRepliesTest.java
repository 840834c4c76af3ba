package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a listener makes of answers from here, and of the headers of all answers. */
class LocalRepliesTest {

    private static final StoreApi STORE = Store.shared().gateway("replies");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream UPSTREAM = Upstream.saying("theirs");

    @BeforeAll
    static void start() {
        STORE.apply(
                """
                kind: Listener
                name: http
                port: 8080
                http:
                  mostSpecificHeaderMutationsWins: true
                  requestHeaders: {set: [{name: x-level, value: listener}]}
                  responseHeaders: {set: [{name: x-level, value: listener}, {name: x-all, value: "1"}]}
                  accessLogFormat: {text: 'mine %REQ(:PATH)% %RESPONSE_CODE% "%REQ(x-say)%" %ROUTE_NAME% %UPSTREAM_CLUSTER%'}
                  localReply:
                    mappers:
                      - filter: {responseFlags: [NR]}
                        statusCode: 410
                        body: gone
                        headersToAdd: [{name: x-was, value: "%RESPONSE_CODE%"}]
                        bodyFormatOverride:
                          json:
                            status: "%RESPONSE_CODE%"
                            path: "%REQ(:PATH)%"
                            why: "%LOCAL_REPLY_BODY%"
                            none: "%REQ(none)%"
                            both: "a %REQ(none)% b"
                      - filter: {statusCodeFilter: {op: EQ, value: 418}}
                        body: coffee
                    bodyFormat: {text: "<p>%RESPONSE_CODE% %LOCAL_REPLY_BODY%</p>", contentType: text/html}
                ---
                kind: VirtualHost
                name: replies
                domains: [replies.test]
                responseHeaders: {set: [{name: x-level, value: host}]}
                routes:
                  - match: {path: {prefix: /theirs}}
                    requestHeaders: {set: [{name: x-level, value: route}]}
                    responseHeaders: {set: [{name: x-level, value: route}]}
                    route: {cluster: replies}
                  - match: {path: {prefix: /tea}}
                    directResponse: {status: 418, body: tea}
                  - match: {path: {prefix: /dead}}
                    route: {cluster: dead}
                ---
                kind: Cluster
                name: dead
                ---
                """
                        + Documents.cluster("replies", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "replies");
    }

    @Test
    void an_answer_from_here_gets_another_status_and_a_body_of_json() {
        Reply reply = gateway.get("replies.test", "/none");

        assertEquals(410, reply.status());
        assertEquals("404", reply.field("x-was"));
        assertEquals("application/json", reply.field("content-type"));
        assertEquals(
                "{\"both\":\"a - b\",\"none\":null,\"path\":\"/none\",\"status\":410,\"why\":\"gone\"}\n",
                reply.text());
        assertNull(reply.field("x-all"));
    }

    @Test
    void what_no_mapper_formats_is_formatted_as_all_are() {
        Reply tea = gateway.get("replies.test", "/tea");
        Reply dead = gateway.get("replies.test", "/dead");

        assertEquals(418, tea.status());
        assertEquals("<p>418 coffee</p>", tea.text());
        assertEquals("<p>503 no healthy upstream</p>", dead.text());
        assertEquals("text/html", dead.field("content-type"));
    }

    @Test
    void answers_of_hosts_are_let_alone_but_for_the_headers_of_all() {
        Reply reply = gateway.get("replies.test", "/theirs");

        assertEquals("theirs", reply.text());
        assertEquals(List.of("route"), reply.fields("x-level"));
        assertEquals("1", reply.field("x-all"));
        assertEquals("route", UPSTREAM.last().field("x-level"));
    }

    @Test
    void a_line_of_the_log_is_written_as_the_listener_says() {
        gateway.get("replies.test", "/theirs/log", "x-say: \"hi\"");

        assertTrue(
                gateway.awaitLogged("mine /theirs/log").contains("200 \"\\x22hi\\x22\" - replies"));
    }

    @Test
    void what_cannot_be_filled_in_is_refused() {
        String refused =
                STORE.tryApply(
                                """
                                kind: Listener
                                name: other
                                port: 8081
                                http:
                                  localReply:
                                    mappers: [{filter: {responseFlags: [XX]}}]
                                    bodyFormat: {text: "%NOTHING%"}
                                """)
                        .body()
                        .asString();

        assertTrue(refused.contains("responseFlags[0]"), refused);
        assertTrue(refused.contains("bodyFormat.text"), refused);
    }
}
