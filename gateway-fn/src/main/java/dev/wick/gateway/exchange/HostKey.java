package dev.wick.gateway.exchange;

import java.util.Locale;

/**
 * The form in which an authority is looked up: lower case, a trailing dot of the name off, the port
 * kept. The same as the model's normal form, for authorities are ASCII here.
 */
final class HostKey {

    /** A DNS name of 253 octets, a colon and a port: no domain of a virtual host is longer. */
    private static final int LONGEST = 253 + 6;

    private HostKey() {}

    /**
     * False for what no client means as a host: nothing, dots only, or longer than a name can be.
     * The store is not asked for these, so that junk takes no place in the queue of names that are.
     */
    static boolean isName(String host) {
        if (host.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) != '.') {
                return true;
            }
        }
        return false;
    }

    /** Whether there could be a cluster of that name. */
    static boolean isCluster(String name) {
        boolean good = !name.isEmpty() && name.length() <= 253;
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            good = letter || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
        }
        return good;
    }

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
