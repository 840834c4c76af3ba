package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reads requests in one piece, in every two and octet by octet: what comes of it is the same. */
abstract class RequestsRead {

    static final String HOST = "Host: a\r\n";

    static ReadRequest readEverywhere(String bytes) {
        ReadRequest whole = ReadRequest.of(bytes, bytes.length());
        assertNull(whole.refusal(), bytes);
        assertTrue(whole.complete(), bytes);
        for (int cut = 1; cut < bytes.length(); cut++) {
            assertEquals(whole, ReadRequest.cutAt(bytes, cut), "cut at " + cut);
        }
        assertEquals(whole, ReadRequest.of(bytes, 1));
        return whole;
    }

    static Refusal refusedEverywhere(String bytes) {
        Refusal whole = ReadRequest.of(bytes, bytes.length()).refusal();
        for (int cut = 1; cut < bytes.length(); cut++) {
            assertEquals(whole, ReadRequest.cutAt(bytes, cut).refusal(), "cut at " + cut);
        }
        assertEquals(whole, ReadRequest.of(bytes, 1).refusal());
        return whole;
    }
}
