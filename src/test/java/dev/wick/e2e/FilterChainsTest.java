package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.response.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several listeners, filter chains with hosts of their own, and PROXY headers. */
class FilterChainsTest {

    private static final StoreApi STORE = Store.shared().gateway("chains");

    private static final String CHAINS =
            """
            kind: Listener
            name: http
            port: 8080
            proxyProtocol: {allowRequestsWithoutProxyProtocol: true}
            filterChains:
              - name: partners
                match: {sourcePrefixRanges: [10.0.0.0/8]}
              - name: public
            ---
            """;

    private static final String HOSTS =
            """
            kind: VirtualHost
            name: partners
            domains: [chains.test]
            filterChains: [partners]
            routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: for partners}}]
            ---
            kind: VirtualHost
            name: public
            domains: [chains.test]
            filterChains: [public]
            routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: for all}}]
            ---
            kind: VirtualHost
            name: everywhere
            domains: [every.test]
            routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: every}}]
            ---
            """;

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(CHAINS + HOSTS);
        gateway = Gateway.start(Store.shared(), "chains");
    }

    private static Http1 partner() {
        return Http1.open(gateway.port()).send("PROXY TCP4 10.2.3.4 192.0.2.1 5000 80\r\n");
    }

    @Test
    void aHostIsLookedUpOnTheChainOfItsConnection() {
        assertEquals("for all", gateway.get("chains.test", "/").text());
        try (Http1 client = partner()) {
            assertEquals("for partners", client.request("GET", "chains.test", "/", "").text());
            assertEquals("every", client.request("GET", "every.test", "/", "").text());
        }
        assertEquals("every", gateway.get("every.test", "/").text());
    }

    @Test
    void aHostThatIsMovedToAnotherChainIsServedThere() {
        String moved =
                """
                kind: VirtualHost
                name: moved
                domains: [moved.test]
                filterChains: [%s]
                routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: here}}]
                """;
        STORE.apply(moved.formatted("partners"));
        assertEquals(404, gateway.get("moved.test", "/").status());
        STORE.apply(moved.formatted("public"));
        await().until(() -> gateway.get("moved.test", "/").status() == 200);
        try (Http1 client = partner()) {
            await().until(() -> client.request("GET", "moved.test", "/", "").status() == 404);
        }
    }

    @Test
    void oneDomainIsClaimedOnceOnEachChain() {
        Response refused =
                STORE.tryApply(
                        """
                        kind: VirtualHost
                        name: second
                        domains: [chains.test]
                        filterChains: [partners, nowhere]
                        ---
                        kind: VirtualHost
                        name: third
                        domains: [chains.test]
                        """);
        assertEquals(422, refused.statusCode());
        String problems = refused.body().asString();
        assertTrue(
                problems.contains("VirtualHost/partners has it on every listener, chain partners"));
        assertTrue(problems.contains("filterChains[1]"), problems);
        assertTrue(problems.contains("VirtualHost/third"), problems);
    }

    @Test
    void chainsThatMatchTheSameAreRefused() {
        Response refused =
                STORE.tryApply(
                        """
                        kind: Listener
                        name: same
                        port: 8099
                        filterChains:
                          - {name: a, match: {sourcePrefixRanges: [10.0.0.0/8]}}
                          - {name: b, match: {sourcePrefixRanges: [10.1.2.3/8, nonsense]}}
                        """);
        assertEquals(422, refused.statusCode());
        String problems = refused.body().asString();
        assertTrue(problems.contains("what filterChains[0] matches"), problems);
        assertTrue(problems.contains("nonsense"), problems);
    }

    @Test
    void anExplanationTellsTheChain() {
        String asked = "{\"url\": \"http://chains.test:8080/\", \"source\": \"%s\"}";
        String partners = explained(asked.formatted("10.1.1.1"));
        assertTrue(partners.contains("\"chain\":\"partners\""), partners);
        assertTrue(partners.contains("\"virtualHost\":\"partners\""), partners);
        String all = explained(asked.formatted("11.1.1.1"));
        assertTrue(all.contains("\"virtualHost\":\"public\""), all);
    }

    private static String explained(String question) {
        return STORE.request()
                .contentType("application/json")
                .body(question)
                .post("/explain")
                .body()
                .asString()
                .replace(" ", "");
    }

    @Test
    void aListenerComesAndGoesWhileAnotherServes() {
        int port = Ports.free();
        try (Http1 kept = Http1.open(gateway.port())) {
            assertEquals("for all", kept.request("GET", "chains.test", "/", "").text());
            STORE.apply(
                    "{kind: Listener, name: more, address: 127.0.0.1, port: %d}".formatted(port));
            await().ignoreExceptions().until(() -> get(port).status() == 200);
            assertEquals("every", get(port).text());
            STORE.request().delete("/Listener/more").then().statusCode(200);
            await().until(() -> isClosed(port));
            assertEquals("for all", kept.request("GET", "chains.test", "/", "").text());
        }
    }

    private static Reply get(int port) {
        return Http1.get(port, "every.test", "/");
    }

    private static boolean isClosed(int port) {
        try {
            Http1.open(port).close();
            return false;
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }
}
