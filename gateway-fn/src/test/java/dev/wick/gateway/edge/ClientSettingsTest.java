package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** What HTTP/2 clients say in SETTINGS, and what of it is obeyed. */
class ClientSettingsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int LARGE = 1 << 24;

    @Test
    void theTableOfFieldsStaysSmallHoweverLargeTheClientsMayBe() throws Exception {
        byte[] large = RawHttp2Client.setting(HEADER_TABLE_SIZE, LARGE);
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port(), large)) {
            client.tableSize(LARGE);
            client.get(1, "/");
            assertEquals("ok", client.answer(1).body.toString());
            assertEquals(4096, tableSize(client.block));
            client.get(3, "/");
            assertEquals("ok", client.answer(3).body.toString());
        }
    }

    /** The last size of the table that a block of fields begins with (RFC 7541, 6.3). */
    private static int tableSize(byte[] block) {
        int size = 4096;
        int at = 0;
        while ((block[at] & 0xe0) == 0x20) {
            size = block[at++] & 0x1f;
            for (int shift = 0; size >= 0x1f; shift += 7) {
                size += (block[at] & 0x7f) << shift;
                if (block[at++] >= 0) {
                    break;
                }
            }
        }
        return size;
    }

    @Test
    void settingsWithoutEndAreAFlood() throws Exception {
        try (RawHost host = RawHost.answering(OK);
                RunningEdge edge = RunningEdge.to(host.port());
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/");
            assertEquals("ok", client.answer(1).body.toString());
            boolean closed = false;
            try {
                for (int i = 0; i < 5_000; i++) {
                    byte[] other = RawHttp2Client.setting(HEADER_TABLE_SIZE, 4096 + i % 2);
                    client.frame(RawHttp2Client.SETTINGS, 0, 0, other);
                    client.read();
                }
            } catch (java.io.EOFException | SocketException ended) {
                closed = true;
            }
            assertTrue(closed);
        }
    }
}
