package dev.wick.gateway.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Octets as Strings, where the same ones are met again and again: a user agent, an authority, a
 * content type. Confined to its loop.
 *
 * <p>A value is kept from its second sight on, so that values met once cost no more than they would
 * without it.
 */
final class FieldValues {

    private static final int PLACES = 256;
    private static final int LONGEST = 128;
    private static final int HASHED = 8;

    private final String[] values = new String[PLACES];
    private final byte[][] octets = new byte[PLACES][];
    private final int[] seen = new int[PLACES];

    FieldValues() {
        Arrays.fill(values, "");
        Arrays.fill(octets, new byte[0]);
    }

    String value(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int hash = hash(bytes, start, end);
        int place = hash & (PLACES - 1);
        byte[] kept = octets[place];
        if (Arrays.equals(kept, 0, kept.length, bytes, start, end)) {
            return values[place];
        }
        String value = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        if (seen[place] == hash) {
            values[place] = value;
            octets[place] = Arrays.copyOfRange(bytes, start, end);
        } else {
            seen[place] = hash;
        }
        return value;
    }

    /** Over the length and both ends: the whole is compared anyway. */
    private static int hash(byte[] bytes, int start, int end) {
        int hash = end - start;
        int headEnd = Math.min(end, start + HASHED);
        for (int i = start; i < headEnd; i++) {
            hash = 31 * hash + bytes[i];
        }
        for (int i = Math.max(headEnd, end - HASHED); i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
