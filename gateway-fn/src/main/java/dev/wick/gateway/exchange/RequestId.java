package dev.wick.gateway.exchange;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes values of {@code x-request-id}: random UUIDs, version 4, which need to be distinct but not
 * secret.
 */
final class RequestId {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 36;
    private static final long VERSION_MASK = 0xf000L;
    private static final long VERSION = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RequestId() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return of(random.nextLong(), random.nextLong());
    }

    static String of(long first, long second) {
        long high = first & ~VERSION_MASK | VERSION;
        long low = second >>> 2 | VARIANT;
        byte[] text = new byte[LENGTH];
        int at = 0;
        for (int i = 0; i < 32; i++) {
            if (i == 8 || i == 12 || i == 16 || i == 20) {
                text[at++] = '-';
            }
            long half = i < 16 ? high : low;
            text[at++] = HEX[(int) (half >>> 60 - 4 * (i & 15)) & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
