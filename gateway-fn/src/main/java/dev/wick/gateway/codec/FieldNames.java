package dev.wick.gateway.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lower-case names of fields as Strings, made once: the common ones stay, others share what room is
 * left. Confined to its loop.
 *
 * <p>Each name has one place only, so that names chosen to collide cost no more than names never
 * seen.
 */
final class FieldNames {

    static final byte OTHER = 0;
    static final byte HOST = 1;
    static final byte CONTENT_LENGTH = 2;
    static final byte TRANSFER_ENCODING = 3;
    static final byte CONNECTION = 4;
    static final byte KEEP_ALIVE = 5;
    static final byte PROXY_CONNECTION = 6;
    static final byte TE = 7;
    static final byte UPGRADE = 8;
    static final byte EXPECT = 9;

    /** In the order of the constants above. */
    private static final String[] SPECIAL = {
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "proxy-connection",
        "te",
        "upgrade",
        "expect"
    };

    /**
     * Met in most messages; there from the start, so that they are the very Strings that other code
     * names.
     */
    private static final String[] COMMON = {
        "accept",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "content-encoding",
        "content-type",
        "cookie",
        "date",
        "etag",
        "last-modified",
        "location",
        "origin",
        "referer",
        "server",
        "set-cookie",
        "user-agent",
        "vary",
        "x-envoy-upstream-service-time",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-request-id"
    };

    private static final int PLACES = 512;
    private static final int LONGEST = 64;

    private final String[] names = new String[PLACES];
    private final byte[][] octets = new byte[PLACES][];
    private final byte[] kinds = new byte[PLACES];
    private final boolean[] underscored = new boolean[PLACES];

    FieldNames() {
        Arrays.fill(names, "");
        Arrays.fill(octets, new byte[0]);
        for (String name : COMMON) {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            put(place(hash(bytes)), name, bytes, OTHER);
        }
        for (int i = 0; i < SPECIAL.length; i++) {
            pin(SPECIAL[i], (byte) (i + 1));
        }
    }

    private void pin(String name, byte kind) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        int place = place(hash(bytes));
        if (kinds[place] != OTHER) {
            throw new AssertionError("place of " + name + ": taken by " + names[place]);
        }
        put(place, name, bytes, kind);
    }

    private void put(int place, String name, byte[] bytes, byte kind) {
        names[place] = name;
        octets[place] = bytes;
        kinds[place] = kind;
        underscored[place] = name.indexOf('_') >= 0;
    }

    static int hash(byte[] lower) {
        int hash = 0;
        for (byte b : lower) {
            hash = 31 * hash + b;
        }
        return hash;
    }

    static int place(int hash) {
        return (hash ^ hash >>> 9) & (PLACES - 1);
    }

    /**
     * The place of a name among {@link #name} and {@link #kind}, valid until the next call.
     *
     * @param lower the name in lower case
     * @param hash over those octets, as {@link #hash} makes it
     * @return -1 where it is too long to be kept
     */
    int find(byte[] lower, int start, int end, int hash) {
        int place = place(hash);
        byte[] kept = octets[place];
        if (Arrays.equals(kept, 0, kept.length, lower, start, end)) {
            return place;
        }
        if (kinds[place] != OTHER || end - start > LONGEST) {
            return -1;
        }
        byte[] bytes = Arrays.copyOfRange(lower, start, end);
        put(place, new String(bytes, StandardCharsets.ISO_8859_1), bytes, OTHER);
        return place;
    }

    String name(int place) {
        return names[place];
    }

    /** Whether the name has an underscore. */
    boolean underscored(int place) {
        return underscored[place];
    }

    byte kind(int place) {
        return kinds[place];
    }
}
