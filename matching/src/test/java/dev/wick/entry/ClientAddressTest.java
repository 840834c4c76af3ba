package dev.wick.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.entry.compile.EntryCompiler;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.model.IpDetection;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private static final byte[] PEER = InetAddress.ofLiteral("10.0.0.9").getAddress();
    private static final List<String> INTERNAL = List.of("10.0.0.0/8");

    private final Headers headers = new RequestHead().headers();

    private static AddressRules rules(
            Boolean useRemoteAddress, int hops, List<IpDetection> detections) {
        return EntryCompiler.addresses(
                new dev.wick.model.ClientAddress(
                        useRemoteAddress, hops, false, false, detections, INTERNAL));
    }

    @Test
    void theConnectionsOtherEndIsTheClient() {
        AddressRules rules = rules(null, 0, List.of());
        ClientAddress client = ClientAddress.find(headers, PEER, rules);

        assertEquals("10.0.0.9", client.text());
        assertTrue(client.internal(rules));
        assertTrue(client.append());
    }

    @Test
    void whoWasForwardedIsNotInternal() {
        headers.add("x-forwarded-for", "10.0.0.1");
        AddressRules rules = rules(null, 0, List.of());

        assertFalse(ClientAddress.find(headers, PEER, rules).internal(rules));
    }

    @Test
    void trustedHopsAreCountedFromTheEnd() {
        headers.add("x-forwarded-for", "192.0.2.1, 192.0.2.2");
        headers.add("x-forwarded-for", "192.0.2.3");

        ClientAddress client = ClientAddress.find(headers, PEER, rules(true, 2, List.of()));

        assertEquals("192.0.2.2", client.text());
    }

    @Test
    void anAddressThatAHeaderMustTellIsAskedFor() {
        AddressRules rules =
                rules(null, 0, List.of(new IpDetection.CustomHeader("X-Ip", true, 403)));
        assertEquals(403, ClientAddress.find(headers, PEER, rules).rejectWithStatus());
        assertNull(ClientAddress.find(headers, PEER, rules).text());

        headers.add("x-ip", "10.9.9.9");
        ClientAddress client = ClientAddress.find(headers, PEER, rules);

        assertEquals(0, client.rejectWithStatus());
        assertEquals("10.9.9.9", client.text());
        assertTrue(client.internal(rules));
    }

    @Test
    void theLastThatIsNoProxyIsTheClient() {
        headers.add("x-forwarded-for", "192.0.2.1, 192.0.2.2, 10.0.0.7");
        AddressRules rules = rules(null, 0, List.of(new IpDetection.Xff(0, INTERNAL, true)));

        ClientAddress client = ClientAddress.find(headers, PEER, rules);

        assertEquals("192.0.2.2", client.text());
        assertFalse(client.append());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "::ffff:192.0.2.1 ::ffff:192.0.2.1",
                "::FFFF:c000:201 ::ffff:192.0.2.1",
                "::192.0.2.1 ::192.0.2.1",
                "64:ff9b::192.0.2.1 64:ff9b::c000:201",
                "2001:DB8:0::1 2001:db8::1",
                "::1 ::1",
                "01.1.1.1 10.0.0.9",
                "1.1.1.00 10.0.0.9",
                "1.1.1 10.0.0.9",
                "1.1.1.256 10.0.0.9",
                "::ffff:01.1.1.1 10.0.0.9",
                "1::2::3 10.0.0.9",
                "1:2:3:4:5:6:7: 10.0.0.9",
                "[::1] 10.0.0.9",
                "fe80::1%eth0 10.0.0.9",
            })
    void anAddressIsReadAndToldAsEnvoyDoes(String value, String expected) {
        headers.add("x-forwarded-for", value);

        assertEquals(expected, ClientAddress.find(headers, PEER, rules(true, 1, List.of())).text());
    }

    @Test
    void anEmptyFieldIsNoHop() {
        headers.add("x-forwarded-for", "");
        headers.add("x-forwarded-for", "192.0.2.1");
        headers.add("x-forwarded-for", "192.0.2.2");
        headers.add("x-forwarded-for", "");

        assertEquals(
                "192.0.2.2", ClientAddress.find(headers, PEER, rules(true, 1, List.of())).text());
        assertEquals(
                "192.0.2.1", ClientAddress.find(headers, PEER, rules(true, 2, List.of())).text());
    }

    @Test
    void whatIsEmptyBetweenCommasIsAHop() {
        headers.add("x-forwarded-for", "192.0.2.1,");

        assertEquals(
                "10.0.0.9", ClientAddress.find(headers, PEER, rules(true, 1, List.of())).text());
    }
}
