package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filter chains, and the PROXY headers by which they may be chosen. */
class ChainsTest {

    private static final String HOSTS =
            """
            ---
            kind: VirtualHost
            name: near
            domains: [x.test]
            filterChains: [near]
            routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: near}}]
            ---
            kind: VirtualHost
            name: far
            domains: [x.test]
            filterChains: [far]
            routes: [{match: {path: {prefix: /}}, directResponse: {status: 200, body: far}}]
            """;

    private static final String CHAINS =
            """
            kind: Listener
            name: http
            port: 8080
            %s
            filterChains:
              - {name: near, match: {sourcePrefixRanges: [127.0.0.0/8, 10.0.0.0/8]}}
              - {name: far, match: {sourcePrefixRanges: [10.1.0.0/16, 2001:db8::/32]}}
            """;

    private static RunningEdge edge(String fields) throws Exception {
        return RunningEdge.with(CHAINS.formatted(fields) + HOSTS);
    }

    private static String behind(RunningEdge edge, String header) throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            return client.send(header).get("/").response();
        }
    }

    private static byte[] binary(int command, int family, String addresses) {
        byte[] more = HexFormat.of().parseHex(addresses);
        return ByteBuffer.allocate(16 + more.length)
                .put(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a"))
                .put((byte) command)
                .put((byte) family)
                .putShort((short) more.length)
                .put(more)
                .array();
    }

    @Test
    void aConnectionComesToTheChainThatMatchesIt() throws Exception {
        try (RunningEdge edge = edge("");
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().endsWith("near"));
        }
    }

    @Test
    void aConnectionThatNoChainTakesIsClosed() throws Exception {
        try (RunningEdge edge =
                        RunningEdge.with(
                                """
                                kind: Listener
                                name: http
                                port: 8080
                                filterChains: [{name: far, match: {sourceType: EXTERNAL}}]
                                """
                                        + HOSTS);
                RawClient client = new RawClient(edge.port())) {
            assertEquals("", client.rest());
            assertEquals(1, edge.metric("envoy_listener_no_filter_chain_match"));
        }
    }

    @Test
    void theDefaultChainTakesWhatIsLeft() throws Exception {
        try (RunningEdge edge =
                        RunningEdge.with(
                                """
                                kind: Listener
                                name: http
                                port: 8080
                                filterChains: [{name: far, match: {sourceType: EXTERNAL}}]
                                defaultFilterChain: {name: near}
                                """
                                        + HOSTS);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().endsWith("near"));
        }
    }

    @Test
    void aChangeOfOneChainKeepsTheConnectionsOfAnother() throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {}");
                RawClient near = new RawClient(edge.port());
                RawClient far = new RawClient(edge.port())) {
            near.send("PROXY TCP4 10.9.9.9 1.1.1.1 1 2\r\n");
            far.send("PROXY TCP4 10.1.9.9 1.1.1.1 1 2\r\n");
            assertTrue(near.get("/").response().endsWith("near"));
            assertTrue(far.get("/").response().endsWith("far"));
            edge.change(
                    CHAINS.formatted("proxyProtocol: {}")
                            .replace("name: far", "name: far, http: {via: me}"));
            assertEquals("", far.rest());
            assertTrue(near.get("/").response().endsWith("near"));
        }
    }

    @Test
    void aProxyHeaderTellsTheClient() throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {}")) {
            String text = "PROXY TCP4 10.1.2.3 192.0.2.1 5000 80\r\n";
            assertTrue(behind(edge, text).endsWith("far"));
            assertTrue(behind(edge, "PROXY TCP6 2001:db8::1 ::1 1 2\r\n").endsWith("far"));
            assertTrue(behind(edge, "PROXY UNKNOWN whatever\r\n").endsWith("near"));
            assertEquals(3, edge.metric("envoy_proxy_proto_versions_v1_found"));
            try (RawClient client = new RawClient(edge.port())) {
                byte[] header = binary(0x21, 0x11, "0a010203c000020113880050" + "04000568656c6c6f");
                for (byte octet : header) {
                    client.send(new byte[] {octet});
                }
                assertTrue(client.get("/").response().endsWith("far"));
            }
            try (RawClient client = new RawClient(edge.port())) {
                client.send(binary(0x20, 0, ""));
                assertTrue(client.get("/").response().endsWith("near"));
            }
        }
    }

    @Test
    void theAddressOfAProxyHeaderIsForwarded() throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {}")) {
            behind(edge, "PROXY TCP4 10.1.2.3 192.0.2.1 5000 80\r\n");
            assertTrue(edge.log(1).getFirst().contains("\"10.1.2.3\""), edge.log(1).getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 1.2.3 1.1.1.1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.1.1.1 1\r\n",
                "PROXY TCP4 1.2.3.4 1.1.1.1 1 65536\r\n",
                "PROXY TCP6 1.2.3.4 1.1.1.1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.1.1.1 1 2\n",
                "PROXY UDP4 1.2.3.4 1.1.1.1 1 2\r\n",
                "GET / HTTP/1.1\r\n"
            })
    void whatIsNoProxyHeaderIsClosed(String header) throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {}");
                RawClient client = new RawClient(edge.port())) {
            assertEquals("", client.send(header).rest().replace("<reset>", ""));
        }
    }

    @Test
    void aConnectionWithoutAProxyHeaderIsTakenWhereThatIsAllowed() throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {allowRequestsWithoutProxyProtocol: true}")) {
            assertTrue(behind(edge, "").endsWith("near"));
            assertTrue(behind(edge, "PROXY TCP4 10.1.2.3 1.1.1.1 1 2\r\n").endsWith("far"));
            assertEquals(1, edge.metric("envoy_proxy_proto_not_found_allowed"));
        }
    }

    @Test
    void aProxyHeaderThatDoesNotComeEndsTheConnection() throws Exception {
        try (RunningEdge edge = edge("proxyProtocol: {}\nlistenerFiltersTimeout: 50ms");
                RawClient client = new RawClient(edge.port())) {
            assertEquals("", client.send("PROXY ").rest().replace("<reset>", ""));
            assertEquals(1, edge.metric("envoy_listener_downstream_pre_cx_timeout"));
        }
    }

    @Test
    void moreConnectionsThanAreAllowedAreClosed() throws Exception {
        try (RunningEdge edge = edge("maxConnections: 1");
                RawClient first = new RawClient(edge.port())) {
            assertTrue(first.get("/").response().endsWith("near"));
            try (RawClient second = new RawClient(edge.port())) {
                assertEquals("", second.rest().replace("<reset>", ""));
            }
            assertTrue(first.get("/").response().endsWith("near"));
            assertEquals(1, edge.metric("envoy_listener_downstream_cx_overflow"));
        }
    }
}
