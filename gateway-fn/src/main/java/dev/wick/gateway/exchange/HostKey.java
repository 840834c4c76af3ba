package dev.wick.gateway.exchange;

import java.util.Locale;

/**
 * The form in which an authority is looked up: lower case, a trailing dot of the name off, the port
 * kept. The same as the model's normal form, for authorities are ASCII here.
 */
final class HostKey {

    private HostKey() {}

    /** Returns the argument itself where it has that form already. */
    static String of(String authority) {
        int end = end(authority);
        boolean dotted = end > 1 && authority.charAt(end - 1) == '.';
        if (!dotted && lowerCase(authority)) {
            return authority;
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        return dotted ? lower.substring(0, end - 1) + lower.substring(end) : lower;
    }

    private static boolean lowerCase(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the name ends: at the colon before the port, which is behind the bracket of an IPv6
     * address.
     */
    private static int end(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : authority.length();
    }
}
