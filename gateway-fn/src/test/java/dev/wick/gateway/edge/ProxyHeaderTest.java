package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

    /** Version 2, of 10.0.0.1:5000 to 10.0.0.2:80, with what follows the addresses. */
    private static ByteBuf binary(int... more) {
        ByteBuf header = Unpooled.buffer();
        header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
        header.writeByte(0x21).writeByte(0x11).writeShort(12 + more.length);
        header.writeInt(0x0a000001).writeInt(0x0a000002).writeShort(5000).writeShort(80);
        for (int octet : more) {
            header.writeByte(octet);
        }
        return header;
    }

    @Test
    void whatFollowsTheAddressesIsPassedOver() {
        ByteBuf header = binary(0x04, 0, 2, 'a', 'b', 0x02, 0, 0);
        ProxyHeader read = new ProxyHeader();
        assertEquals(ProxyHeader.Outcome.READ, read.read(header));
        assertEquals("/10.0.0.1:5000", String.valueOf(read.source()));
        assertEquals(0, header.readableBytes());
    }

    @Test
    void whatFollowsAndIsCutOffIsMalformed() {
        int[][] cut = {{0x04}, {0x04, 0}, {0x04, 0, 1}, {0x04, 1, 0, 'a'}, {0x04, 0, 1, 'a', 2}};
        for (int[] more : cut) {
            assertEquals(ProxyHeader.Outcome.MALFORMED, new ProxyHeader().read(binary(more)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "0.0.0.0", "255.255.255.255"})
    void nobodyConnectsFromThere(String address) {
        for (String ends : new String[] {address + " 10.0.0.1", "10.0.0.1 " + address}) {
            String header = "PROXY TCP4 " + ends + " 5000 80\r\n";
            ByteBuf in = Unpooled.copiedBuffer(header, StandardCharsets.US_ASCII);
            assertEquals(ProxyHeader.Outcome.MALFORMED, new ProxyHeader().read(in));
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP4,10.0.0.1,10.0.0.2", "TCP6,2001:db8::1,2001:db8::2"})
    void addressesOfEitherKindAreRead(String kind, String from, String to) {
        String header = "PROXY %s %s %s 5000 80\r\n".formatted(kind, from, to);
        ByteBuf in = Unpooled.copiedBuffer(header, StandardCharsets.US_ASCII);
        assertEquals(ProxyHeader.Outcome.READ, new ProxyHeader().read(in));
    }
}
