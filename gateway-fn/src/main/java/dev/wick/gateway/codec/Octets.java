package dev.wick.gateway.codec;

/** What the octets of a head may be. */
final class Octets {

    static final byte CR = '\r';
    static final byte LF = '\n';

    /** For an octet of a token its lower case, for all others 0. */
    static final byte[] TOKEN = new byte[256];

    /** Visible characters, space, tab and the upper half. */
    static final boolean[] VALUE = new boolean[256];

    /** What a request target may hold besides its structure: visible ASCII. */
    static final boolean[] TARGET = new boolean[256];

    /**
     * What a host may hold (a registered name or an IPv6 address); neither user information nor
     * brackets.
     */
    static final boolean[] AUTHORITY = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            boolean digit = c >= '0' && c <= '9';
            boolean lower = c >= 'a' && c <= 'z';
            boolean upper = c >= 'A' && c <= 'Z';
            boolean alphanumeric = digit || lower || upper;
            if (alphanumeric || (c < 128 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
                TOKEN[c] = (byte) (upper ? c | 32 : c);
            }
            VALUE[c] = c == '\t' || (c >= ' ' && c != 127);
            TARGET[c] = c > ' ' && c < 127;
            AUTHORITY[c] = alphanumeric || (c < 128 && "!$%&'()*+,-.:;=_~".indexOf(c) >= 0);
        }
    }

    private Octets() {}

    /** Whether the octets are that text, which is in lower case, whatever case they have. */
    static boolean equalsIgnoreCase(byte[] octets, int start, int end, String lower) {
        if (end - start != lower.length()) {
            return false;
        }
        for (int i = start; i < end; i++) {
            int c = octets[i];
            if (c >= 'A' && c <= 'Z') {
                c |= 32;
            }
            if (c != lower.charAt(i - start)) {
                return false;
            }
        }
        return true;
    }
}
