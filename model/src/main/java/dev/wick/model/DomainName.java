package dev.wick.model;

import java.net.IDN;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A domain as it is indexed and looked up, and the one order in which domains are tried. The store,
 * the instance and the checks all use this.
 *
 * <p>The look-up goes from the most to the least specific, by the name first and the port second:
 *
 * <ol>
 *   <li>exact: {@code api.example.com:8080}, then {@code api.example.com}
 *   <li>suffix wildcards, the longest name first: {@code *.example.com:8080}, {@code
 *       *.example.com}, then {@code *.com:8080} ...
 *   <li>prefix wildcards, the longest first: {@code api.example.*}, {@code api.*}
 *   <li>{@code *:8080}, then {@code *}
 * </ol>
 *
 * <p>That is Envoy's order; Envoy compares the whole {@code :authority}, port included, so that
 * there a domain without a port never meets a request with one. Here it meets any port. A wildcard
 * stands for one character at least and is not bound to labels.
 */
public final class DomainName {

    /** Matches every host. */
    public static final String ANY = "*";

    private DomainName() {}

    /**
     * The form in which domains and authorities are compared: lower case, a trailing dot of the
     * name off, international names in their ASCII form, the port kept. Returns the argument itself
     * where it has that form already.
     *
     * @param domain of a virtual host, or the authority of a request ({@code Host}, {@code
     *     :authority}), which need not be well-formed
     */
    public static String normalise(String domain) {
        boolean plain = true;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c >= 0x80) {
                return normalise(ascii(domain));
            }
            plain &= c < 'A' || c > 'Z';
        }
        int end = portColon(domain) < 0 ? domain.length() : portColon(domain);
        boolean dotted = end > 1 && domain.charAt(end - 1) == '.' && domain.charAt(end - 2) != '.';
        if (plain && !dotted) {
            return domain;
        }
        String lower = domain.toLowerCase(Locale.ROOT);
        return dotted ? lower.substring(0, end - 1) + lower.substring(end) : lower;
    }

    private static String ascii(String domain) {
        int colon = portColon(domain);
        String name = colon < 0 ? domain : domain.substring(0, colon);
        String port = colon < 0 ? "" : domain.substring(colon);
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            return isAscii(ascii) && isAscii(port) ? ascii + port : escaped(domain);
        } catch (IllegalArgumentException e) {
            return escaped(domain);
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** What is no name: still one text for one text, and never a name. */
    private static String escaped(String domain) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c < 0x80) {
                text.append(c);
            } else {
                text.append('%').append(Integer.toHexString(c));
            }
        }
        return text.toString();
    }

    /**
     * Where the colon before the port stands, or -1: behind the bracket of an IPv6 address, if
     * there is one.
     */
    private static int portColon(String domain) {
        int colon = domain.lastIndexOf(':');
        return colon > domain.lastIndexOf(']') ? colon : -1;
    }

    /** The name without its port. */
    public static String withoutPort(String domain) {
        int colon = portColon(domain);
        return colon < 0 ? domain : domain.substring(0, colon);
    }

    /** The colon and the port, or nothing. */
    private static String port(String domain) {
        int colon = portColon(domain);
        return colon < 0 ? "" : domain.substring(colon);
    }

    /** {@code *.example.com}, {@code *-bar.foo.com}; {@code *} and {@code *:8080} are none. */
    public static boolean isSuffixWildcard(String domain) {
        return domain.startsWith("*") && domain.length() > 1 && domain.charAt(1) != ':';
    }

    /** {@code api.*}. */
    public static boolean isPrefixWildcard(String domain) {
        return domain.endsWith("*") && domain.length() > 1;
    }

    /**
     * How long a wildcard is, for the look-up: its characters without the {@code *}, the port's
     * included.
     */
    public static int wildcardLength(String domain) {
        return domain.length() - 1;
    }

    /** Tries one domain. */
    @FunctionalInterface
    public interface Attempt<T> {

        /**
         * What is known of the domain, or null to try the next; may be asked for one domain twice.
         */
        @Nullable T at(String domain);
    }

    /**
     * Tries the domains that an authority could meet, in order, up to the first that is known.
     *
     * @param authority normalised
     * @param suffixes whether there may be suffix wildcards of such a {@link #wildcardLength}
     * @param prefixes the same for prefix wildcards
     */
    public static <T> @Nullable T find(
            String authority, IntPredicate suffixes, IntPredicate prefixes, Attempt<T> attempt) {
        String name = withoutPort(authority);
        String port = port(authority);
        T found = attempt.at(authority);
        if (found == null && !port.isEmpty()) {
            found = attempt.at(name);
        }
        for (int length = name.length() - 1; found == null && length > 0; length--) {
            if (!port.isEmpty() && suffixes.test(length + port.length())) {
                found = attempt.at("*" + authority.substring(name.length() - length));
            }
            if (found == null && suffixes.test(length)) {
                found = attempt.at("*" + name.substring(name.length() - length));
            }
        }
        for (int length = name.length() - 1; found == null && length > 0; length--) {
            if (prefixes.test(length)) {
                found = attempt.at(name.substring(0, length) + "*");
            }
        }
        if (found == null && !port.isEmpty()) {
            found = attempt.at(ANY + port);
        }
        return found == null ? attempt.at(ANY) : found;
    }

    /**
     * Whether a request to an authority could be served by a domain, another being absent.
     *
     * @param domain normalised, of a virtual host
     * @param authority normalised
     */
    public static boolean covers(String domain, String authority) {
        String port = port(domain);
        if (!port.isEmpty() && !port.equals(port(authority))) {
            return false;
        }
        String pattern = withoutPort(domain);
        String name = withoutPort(authority);
        if (pattern.equals(ANY) || pattern.equals(name)) {
            return true;
        }
        if (name.length() < pattern.length()) {
            return false;
        }
        if (isSuffixWildcard(pattern)) {
            return name.endsWith(pattern.substring(1));
        }
        return isPrefixWildcard(pattern)
                && name.startsWith(pattern.substring(0, pattern.length() - 1));
    }
}
