package dev.wick.gateway.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Which of a name's addresses a cluster takes. */
final class Families {

    private Families() {}

    static InetAddress[] of(InetAddress[] found, DnsSettings dns) {
        return switch (dns.family()) {
            case ALL -> found;
            case V4_ONLY -> only(found, true);
            case V6_ONLY -> only(found, false);
            case V4_PREFERRED -> either(only(found, true), found);
            case AUTO -> either(only(found, false), found);
        };
    }

    private static InetAddress[] either(InetAddress[] preferred, InetAddress[] all) {
        return preferred.length == 0 ? all : preferred;
    }

    private static InetAddress[] only(InetAddress[] found, boolean four) {
        return Arrays.stream(found)
                .filter(address -> address instanceof Inet4Address == four)
                .toArray(InetAddress[]::new);
    }
}
