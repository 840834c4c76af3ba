package dev.wick.gateway.observe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes times as {@code 2026-11-20T17:10:41.123Z}; formats each second once. For one thread. */
final class Clock {

    private static final int SECOND_LENGTH = "2026-11-20T17:10:41.".length();

    private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private long second = Long.MIN_VALUE;

    int write(long millis, byte[] block, int at) {
        long now = Math.floorDiv(millis, 1000L);
        if (now != second) {
            second = now;
            String formatted = Instant.ofEpochSecond(now).toString();
            byte[] bytes = formatted.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, text, 0, SECOND_LENGTH - 1);
        }
        int rest = (int) Math.floorMod(millis, 1000L);
        text[SECOND_LENGTH] = (byte) ('0' + rest / 100);
        text[SECOND_LENGTH + 1] = (byte) ('0' + rest / 10 % 10);
        text[SECOND_LENGTH + 2] = (byte) ('0' + rest % 10);
        System.arraycopy(text, 0, block, at, text.length);
        return at + text.length;
    }
}
