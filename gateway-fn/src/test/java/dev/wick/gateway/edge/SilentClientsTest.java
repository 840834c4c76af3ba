package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that connect, and do not say what they speak. */
class SilentClientsTest {

    /** Their connections end by themselves, or the client waits in vain. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | {commonHttpProtocolOptions: {idleTimeout: 100ms}}",
                "''                | {commonHttpProtocolOptions: {maxConnectionDuration: 100ms}}",
                "P                 | {commonHttpProtocolOptions: {idleTimeout: 100ms}}",
                "P                 | {requestHeadersTimeout: 100ms}",
                "PRI * HTTP/2.0    | {requestHeadersTimeout: 100ms}",
            })
    void theyAreClosed(String sent, String options) throws Exception {
        try (RunningEdge edge = RunningEdge.to(1, options);
                RawClient client = new RawClient(edge.port())) {
            assertEquals("", client.send(sent).rest());
        }
    }

    @Test
    void theyMayStayWhereNothingBoundsThem() throws Exception {
        String options =
                "{requestHeadersTimeout: 50ms, commonHttpProtocolOptions: {idleTimeout: 0s}}";
        try (RunningEdge edge = RunningEdge.to(1, options);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.silent());
        }
    }
}
