package dev.wick.hash;

import java.nio.charset.StandardCharsets;

/**
 * xxHash, 64 bits: what Envoy hashes requests and hosts with. Allocates nothing. Any thread.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">the algorithm</a>
 */
public final class XxHash {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash() {}

    /** Of octets, given as Latin-1 characters, with seed 0. */
    public static long of(String octets) {
        return of(octets, 0);
    }

    /** Of octets, given as Latin-1 characters. */
    public static long of(String octets, long seed) {
        int length = octets.length();
        int at = 0;
        long hash;
        if (length >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at <= length - 32; at += 32) {
                a = round(a, eight(octets, at));
                b = round(b, eight(octets, at + 8));
                c = round(c, eight(octets, at + 16));
                d = round(d, eight(octets, at + 24));
            }
            hash =
                    Long.rotateLeft(a, 1)
                            + Long.rotateLeft(b, 7)
                            + Long.rotateLeft(c, 12)
                            + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = seed + P5;
        }
        return tail(octets, at, hash + length);
    }

    private static long tail(String octets, int from, long begun) {
        int length = octets.length();
        int at = from;
        long hash = begun;
        for (; at <= length - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, eight(octets, at)), 27) * P1 + P4;
        }
        if (at <= length - 4) {
            hash = Long.rotateLeft(hash ^ (four(octets, at) * P1), 23) * P2 + P3;
            at += 4;
        }
        for (; at < length; at++) {
            hash = Long.rotateLeft(hash ^ ((octets.charAt(at) & 0xff) * P5), 11) * P1;
        }
        hash = (hash ^ (hash >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }

    private static long round(long accumulated, long input) {
        return Long.rotateLeft(accumulated + input * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulated) {
        return (hash ^ round(0, accumulated)) * P1 + P4;
    }

    static long eight(String octets, int at) {
        return four(octets, at) | (four(octets, at + 4) << 32);
    }

    private static long four(String octets, int at) {
        return (octets.charAt(at) & 0xffL)
                | (octets.charAt(at + 1) & 0xffL) << 8
                | (octets.charAt(at + 2) & 0xffL) << 16
                | (octets.charAt(at + 3) & 0xffL) << 24;
    }

    /** The octets of a text in UTF-8, as this class takes them. */
    public static String octets(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return new String(
                        text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }
}
