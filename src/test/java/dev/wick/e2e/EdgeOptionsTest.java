package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Request;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a listener makes of heads, on the wire: as an edge where it says nothing, and as it says.
 */
class EdgeOptionsTest {

    private static final int INSIDE_PORT = Ports.free();
    private static final int HEADER_PORT = Ports.free();
    private static final StoreApi STORE = Store.shared().gateway("edge-options");

    private static final String INSIDE =
            """
            kind: Listener
            name: inside
            port: 8081
            http:
              xffNumTrustedHops: 1
              appendXForwardedPort: true
              internalAddressConfig: {cidrRanges: [127.0.0.0/8]}
              via: 1.1 gate
              serverName: gate
              serverHeaderTransformation: APPEND_IF_ABSENT
              alwaysSetRequestIdInResponse: true
              stripAnyHostPort: true
              stripTrailingHostDot: true
              normalizePath: false
              mergeSlashes: false
              pathWithEscapedSlashesAction: UNESCAPE_AND_FORWARD
              headersWithUnderscoresAction: DROP_HEADER
            ---
            kind: Listener
            name: header
            port: 8082
            http:
              originalIpDetectionExtensions:
                - customHeader:
                    headerName: x-real-ip
                    allowExtensionToSetAddressAsTrusted: true
                    rejectWithStatus: 401
              internalAddressConfig: {cidrRanges: [10.0.0.0/8]}
              serverHeaderTransformation: PASS_THROUGH
            ---
            """;

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        exchange.body();
                        exchange.reply(200, "ok", "server: origin", "via: 1.1 up");
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + INSIDE
                        + Documents.hostAndCluster("e", "edge.test", UPSTREAM.port()));
        gateway =
                Gateway.start(
                        Store.shared(),
                        "edge-options",
                        "--listen",
                        "inside=127.0.0.1:" + INSIDE_PORT,
                        "--listen",
                        "header=127.0.0.1:" + HEADER_PORT);
    }

    private static Reply get(String listener, String path, String... fields) {
        return switch (listener) {
            case "inside" -> Http1.get(INSIDE_PORT, "edge.test.:99", path, fields);
            case "header" -> Http1.get(HEADER_PORT, "edge.test", path, fields);
            default -> gateway.get("edge.test", path, fields);
        };
    }

    private static Request sent(String listener, String path, String... fields) {
        assertEquals(200, get(listener, path, fields).status());
        return UPSTREAM.last();
    }

    @Test
    void aPathIsForwardedAsItIsRead() {
        assertEquals("/a/c?x//y", sent("http", "/a//b/../c?x//y").target());
        Reply redirect = get("http", "/a%2Fb/../c?d");
        assertEquals(307, redirect.status());
        assertEquals("/a/c?d", redirect.field("location"));
        assertEquals(400, get("http", "/%00").status());
        assertEquals("//a/../A/b", sent("inside", "//a/../A%2fb").target());
    }

    @Test
    void aNameWithAnUnderscoreIsRefusedOrDropped() {
        Reply refused = get("http", "/", "x_y: 1");
        assertEquals(400, refused.status());
        assertEquals("close", refused.field("connection"));
        assertEquals(List.of(), sent("inside", "/", "x_y: 1").fields("x_y"));
    }

    @Test
    void whatIsInsideIsBelieved() {
        Request request =
                sent("inside", "/", "x-envoy-decorator-operation: op", "x-request-id: mine");
        assertEquals(List.of("op"), request.fields("x-envoy-decorator-operation"));
        assertEquals(List.of("mine"), request.fields("x-request-id"));
        assertEquals(List.of("true"), request.fields("x-envoy-internal"));
        assertEquals(List.of(), request.fields("x-envoy-external-address"));
        assertEquals(List.of(Integer.toString(INSIDE_PORT)), request.fields("x-forwarded-port"));
        assertEquals(List.of("1.1 gate"), request.fields("via"));
        assertEquals(List.of("edge.test"), request.fields("host"));
    }

    @Test
    void whatComesThroughAProxyIsNotInside() {
        Request request =
                sent("inside", "/", "x-forwarded-for: 10.0.0.1, 2.2.2.2", "x-request-id: mine");
        assertEquals(List.of("10.0.0.1, 2.2.2.2,127.0.0.1"), request.fields("x-forwarded-for"));
        assertEquals(List.of("2.2.2.2"), request.fields("x-envoy-external-address"));
        assertEquals(List.of(), request.fields("x-envoy-internal"));
        assertNotEquals(List.of("mine"), request.fields("x-request-id"));
    }

    @Test
    void theGatewayNamesItselfAsItIsTold() {
        Reply inside = get("inside", "/", "x-request-id: mine");
        assertEquals("origin", inside.field("server"));
        assertEquals("1.1 up, 1.1 gate", inside.field("via"));
        assertEquals("mine", inside.field("x-request-id"));
        assertEquals("wick", get("http", "/").field("server"));
        assertEquals("origin", get("header", "/", "x-real-ip: 1.1.1.1").field("server"));
    }

    @Test
    void theAddressIsInTheHeaderThatIsNamed() {
        Request request = sent("header", "/", "x-real-ip: 10.1.1.1", "x-request-id: mine");
        assertEquals(List.of("true"), request.fields("x-envoy-internal"));
        assertEquals(List.of(), request.fields("x-forwarded-for"));
        assertEquals(List.of("mine"), request.fields("x-request-id"));
        assertEquals(401, get("header", "/").status());
        Reply junk = get("header", "/", "x-real-ip: junk");
        assertEquals(401, junk.status());
        assertEquals(List.of(), junk.fields("server"));
    }

    @Test
    void anExplanationReadsThePathAsAnInstanceDoes() {
        String explained =
                STORE.request()
                        .contentType("application/json")
                        .body("{\"method\": \"GET\", \"url\": \"http://edge.test/a//b/../c%2Fd\"}")
                        .post("/explain")
                        .body()
                        .asString();
        assertTrue(explained.contains("307: redirect to /a/c/d"), explained);
    }
}
