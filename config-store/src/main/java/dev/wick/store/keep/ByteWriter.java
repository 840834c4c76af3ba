package dev.wick.store.keep;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes being put together: numbers as unsigned LEB128, strings as UTF-8, both of these behind
 * their length. One thread.
 */
final class ByteWriter {

    private byte[] bytes;
    private int size;

    ByteWriter(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    ByteWriter octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter number(long value) {
        room(10);
        size = number(bytes, size, value);
        return this;
    }

    ByteWriter raw(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    ByteWriter block(byte[] from) {
        return number(from.length).raw(from, 0, from.length);
    }

    ByteWriter string(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the number at the place and returns the place behind it. */
    static int number(byte[] into, int at, long value) {
        long rest = value;
        int place = at;
        while ((rest & ~0x7FL) != 0) {
            into[place++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[place++] = (byte) rest;
        return place;
    }

    static int sizeOfNumber(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
