package dev.wick.model.check;

import dev.wick.model.DomainName;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How single values must be written. Each answers what was expected, or null if the value is good.
 */
final class Syntax {

    /**
     * They belong to one connection, or to the framing of one message, and are the gateway's own.
     */
    private static final Set<String> FRAMING =
            Set.of(
                    "connection",
                    "content-length",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "transfer-encoding",
                    "upgrade");

    private static final Set<String> PSEUDO = Set.of(":authority", ":method", ":path", ":scheme");

    private static final String DOMAIN =
            "example.com, *.example.com, example.* or *, or an IP address, an IPv6 one in brackets; a port may follow";

    private static final String INTERNATIONAL =
            "a host name in ASCII, an international one as xn--mnchen-3ya";

    private Syntax() {}

    static @Nullable String documentName(String name) {
        boolean good = !name.isEmpty() && name.length() <= 253;
        for (int i = 0; i < name.length(); i++) {
            good &= isAlphanumeric(name.charAt(i)) || "._-".indexOf(name.charAt(i)) >= 0;
        }
        if (name.equals(".") || name.equals("..")) {
            return "1-253 characters of a-z A-Z 0-9 . _ -, not . or ..";
        }
        return good ? null : "1-253 characters of a-z A-Z 0-9 . _ -";
    }

    /** A domain of a virtual host. */
    static @Nullable String domain(String domain) {
        String normal = DomainName.normalise(domain);
        String name = DomainName.withoutPort(normal);
        boolean hasPort = name.length() < normal.length();
        if (DomainName.isPrefixWildcard(name)
                && isPartOfName(name.substring(0, name.length() - 1))) {
            return hasPort ? "no port behind a wildcard at the end, which takes any" : null;
        }
        boolean suffix = DomainName.isSuffixWildcard(name) && isPartOfName(name.substring(1));
        if (normal.indexOf('/') >= 0
                || (!suffix && !name.equals(DomainName.ANY) && !isHost(name))) {
            return DOMAIN;
        }
        return hasPort && !isPort(normal.substring(name.length() + 1))
                ? "a port of 1-65535 behind the colon"
                : null;
    }

    /**
     * A host as a request names it: name or address, and a port where it has one. It is sent as it
     * stands here, so that an international name must have its ASCII form.
     */
    static @Nullable String authority(String authority) {
        if (!isAscii(authority)) {
            return INTERNATIONAL;
        }
        String normal = DomainName.normalise(authority);
        String host = DomainName.withoutPort(normal);
        boolean hasPort = host.length() < normal.length();
        boolean good = isHost(host) && (!hasPort || isPort(normal.substring(host.length() + 1)));
        return good
                ? null
                : "a host name or an address, an IPv6 one in brackets; a port may follow";
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0' || !isDigits(text)) {
            return false;
        }
        return Integer.parseInt(text) <= 65_535;
    }

    /** Name or address, an IPv6 address in brackets; no port. Sent as it stands here. */
    static @Nullable String host(String host) {
        if (!isAscii(host)) {
            return INTERNATIONAL;
        }
        return isHost(DomainName.normalise(host))
                ? null
                : "a host name or an address, an IPv6 one in brackets";
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1));
        }
        return isIpv4(host) || isName(host);
    }

    /** DNS name or IP address of an endpoint. */
    static @Nullable String address(String address) {
        String name = DomainName.normalise(address);
        return isIpv4(name) || isIpv6(name) || isName(name) ? null : "an IP address or a DNS name";
    }

    static @Nullable String ip(String address) {
        return isIpv4(address) || isIpv6(address) ? null : "an IP address, as 0.0.0.0 or ::1";
    }

    /** An address and the length of a prefix. */
    static @Nullable String cidr(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String length = slash < 0 ? "" : text.substring(slash + 1);
        boolean good =
                !length.isEmpty()
                        && length.length() <= 3
                        && isDigits(length)
                        && (length.length() == 1 || length.charAt(0) != '0')
                        && ip(address) == null
                        && Integer.parseInt(length) <= (isIpv4(address) ? 32 : 128);
        return good ? null : "a network, as 10.0.0.0/8 or fd00::/8";
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        boolean good = parts.length == 4;
        for (String part : parts) {
            good =
                    good
                            && !part.isEmpty()
                            && part.length() <= 3
                            && isDigits(part)
                            && (part.length() == 1 || part.charAt(0) != '0')
                            && Integer.parseInt(part) <= 255;
        }
        return good;
    }

    private static boolean isIpv6(String text) {
        boolean plain = text.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0);
        if (!plain || text.indexOf(':') < 0) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Labels of letters, digits, {@code -} and {@code _}; the last is no number, or it would be a
     * broken address.
     */
    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty()
                    || label.length() > 63
                    || !isPartOfName(label)
                    || label.startsWith("-")
                    || label.endsWith("-")) {
                return false;
            }
        }
        return !isDigits(labels[labels.length - 1]);
    }

    private static boolean isPartOfName(String part) {
        boolean good = !part.isEmpty() && part.length() <= 253 && !part.contains("..");
        for (int i = 0; i < part.length(); i++) {
            good &= isAlphanumeric(part.charAt(i)) || "._-".indexOf(part.charAt(i)) >= 0;
        }
        return good;
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** A part of a host and its port, between other parts that are not known yet. */
    static @Nullable String hostPart(String part) {
        boolean good = true;
        for (int i = 0; i < part.length(); i++) {
            good &= isAlphanumeric(part.charAt(i)) || "._-:[]".indexOf(part.charAt(i)) >= 0;
        }
        return good ? null : "what may stand in a host: letters, digits and . _ - : [ ]";
    }

    /** What may stand in a log line. */
    static @Nullable String printable(String text) {
        boolean good = !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
        return good ? null : "some text without control characters";
    }

    /** RFC 9110's token. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAlphanumeric(text.charAt(i)) && "!#$%&'*+-.^_`|~".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Of a header that is looked at. */
    static @Nullable String matchedHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(":")) {
            return PSEUDO.contains(lower) ? null : ":authority, :method, :path or :scheme";
        }
        return isToken(name) ? null : "the name of a header: letters, digits and -";
    }

    /** Of a header that is changed. */
    static @Nullable String changedHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(":") || lower.equals("host")) {
            return "neither host nor a name that begins with :, which say where the request goes";
        }
        if (FRAMING.contains(lower)) {
            return "no header of the connection or of a message's framing, which the gateway writes itself";
        }
        return isToken(name) ? null : "the name of a header: letters, digits and -";
    }

    /** A path, or the beginning of one, as a request has it: without a query, percent-encoded. */
    static @Nullable String path(String path) {
        boolean good =
                path.startsWith("/")
                        && isVisible(path)
                        && path.indexOf('?') < 0
                        && path.indexOf('#') < 0;
        return good ? null : "a path that begins with /, percent-encoded, without ? and #";
    }

    /** A path with or without a query. */
    static @Nullable String pathAndQuery(String path) {
        boolean good = path.startsWith("/") && isVisible(path) && path.indexOf('#') < 0;
        return good ? null : "a path that begins with /, percent-encoded, without #";
    }

    /**
     * A part of a path, between other parts that are not known yet. It may begin the query: who
     * replaces parts of a path may want that.
     */
    static @Nullable String pathPart(String part) {
        boolean good = isVisible(part) && part.indexOf('#') < 0;
        return good ? null : "what may stand in a path, percent-encoded, without #";
    }

    /** The value of a header that is sent as it stands here. */
    static @Nullable String headerValue(String text) {
        boolean good = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return good && text.equals(text.strip()) ? null : "printable ASCII";
    }

    /** The name of a query parameter as a request has it. */
    static @Nullable String parameter(String name) {
        boolean good =
                !name.isEmpty()
                        && isVisible(name)
                        && "&=#".chars().noneMatch(c -> name.indexOf(c) >= 0);
        return good ? null : "the name of a parameter, percent-encoded, without & = #";
    }

    static @Nullable String scheme(String scheme) {
        boolean good = !scheme.isEmpty() && Character.isLetter(scheme.charAt(0));
        for (int i = 0; i < scheme.length(); i++) {
            good &= isAlphanumeric(scheme.charAt(i)) || "+-.".indexOf(scheme.charAt(i)) >= 0;
        }
        return good ? null : "a scheme, as https";
    }

    /** Printable ASCII and no space. */
    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
