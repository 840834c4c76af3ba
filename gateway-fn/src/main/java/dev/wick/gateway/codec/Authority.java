package dev.wick.gateway.codec;

import java.nio.charset.StandardCharsets;

/** A host and an optional port, as Host and {@code :authority} name them. */
public final class Authority {

    private Authority() {}

    /**
     * Whether it is a host, not empty, and optionally a colon and a port; user information is not
     * allowed.
     */
    public static boolean valid(String authority) {
        byte[] bytes = authority.getBytes(StandardCharsets.ISO_8859_1);
        return valid(bytes, 0, bytes.length);
    }

    static boolean valid(byte[] bytes, int start, int end) {
        int i = start;
        if (i < end && bytes[i] == '[') {
            i = literal(bytes, i + 1, end);
            if (i < 0) {
                return false;
            }
        } else {
            while (i < end && bytes[i] != ':' && Octets.AUTHORITY[bytes[i] & 0xff]) {
                i++;
            }
        }
        if (i == start) {
            return false;
        }
        return i == end || port(bytes, i, end);
    }

    /** The address in brackets; returns what follows it, or -1. */
    private static int literal(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && Octets.AUTHORITY[bytes[i] & 0xff]) {
            i++;
        }
        return i < end && i > start && bytes[i] == ']' ? i + 1 : -1;
    }

    private static boolean port(byte[] bytes, int colon, int end) {
        if (bytes[colon] != ':' || end - colon > 6) {
            return false;
        }
        for (int i = colon + 1; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }
}
