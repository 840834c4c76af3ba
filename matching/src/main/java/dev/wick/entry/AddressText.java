package dev.wick.entry;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * Addresses as text, as {@code inet_pton} and {@code inet_ntop} have them, and so Envoy: no part of
 * a dotted address begins with a zero that means nothing, and the last 32 bits of IPv6 may be
 * dotted. Netty is more lenient in the one and takes less in the other.
 */
final class AddressText {

    static final byte[] NONE = new byte[0];

    private final String text;
    private final byte[] octets = new byte[16];
    private int length;

    /** Where the zeros go that {@code ::} stands for; -1: nowhere. */
    private int gap = -1;

    private AddressText(String text) {
        this.text = text;
    }

    /** 4 or 16 octets; none where the text is no address. One with a zone is none. */
    static byte[] octets(String text) {
        if (text.indexOf(':') >= 0) {
            AddressText address = new AddressText(text);
            return address.groups() && address.fill() ? address.octets : NONE;
        }
        byte[] octets = new byte[4];
        return dotted(text, 0, octets, 0) ? octets : NONE;
    }

    private static boolean dotted(String text, int from, byte[] octets, int to) {
        int part = 0;
        int value = -1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && value >= 0 && part < 3) {
                octets[to + part++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = (value < 0 ? 0 : 10 * value) + c - '0';
            } else {
                return false;
            }
            if (value > 255) {
                return false;
            }
        }
        octets[to + 3] = (byte) value;
        return part == 3 && value >= 0;
    }

    private boolean groups() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                length += 4;
                return length <= 16 && dotted(text, at, octets, length - 4);
            }
            int end = colon < 0 ? text.length() : colon;
            if (!group(at, end)) {
                return false;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = length;
                at++;
            } else if (at == text.length()) {
                return false;
            }
        }
        return true;
    }

    private boolean group(int from, int to) {
        if (to == from || to - from > 4 || length > 14) {
            return false;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return false;
            }
            value = 16 * value + digit;
        }
        octets[length++] = (byte) (value >> 8);
        octets[length++] = (byte) value;
        return true;
    }

    private boolean fill() {
        if (gap < 0 || length == 16) {
            return gap < 0 && length == 16;
        }
        int zeros = 16 - length;
        System.arraycopy(octets, gap, octets, gap + zeros, length - gap);
        Arrays.fill(octets, gap, gap + zeros, (byte) 0);
        return true;
    }

    /** The text of 4 or 16 octets. */
    static String of(byte[] octets) {
        return octets.length == 16 && endsDotted(octets)
                ? (octets[10] == 0 ? "::" : "::ffff:") + NetUtil.bytesToIpAddress(octets, 12, 4)
                : NetUtil.bytesToIpAddress(octets);
    }

    /** Whether it is of IPv4 within IPv6: mapped, or behind zeros alone. */
    private static boolean endsDotted(byte[] octets) {
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        boolean mapped = octets[10] == -1 && octets[11] == -1;
        boolean zeros = octets[10] == 0 && octets[11] == 0;
        return mapped || zeros && (octets[12] != 0 || octets[13] != 0);
    }
}
