package dev.wick.store.keep;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. One thread. */
final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    boolean more() {
        return at < end;
    }

    int at() {
        return at;
    }

    byte[] array() {
        return bytes;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number of more than 10 bytes");
    }

    /** The next number as a length of what follows. */
    int length() {
        long value = number();
        if (value < 0 || value > end - at) {
            throw new IllegalStateException(
                    "length: " + value + " (expected: 0-" + (end - at) + ")");
        }
        return (int) value;
    }

    byte[] block() {
        int length = length();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String string() {
        int length = length();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    void skip(int length) {
        need(length);
        at += length;
    }

    private void need(int length) {
        if (end - at < length) {
            throw new IllegalStateException("the bytes end at " + end + " within a value");
        }
    }
}
