package dev.wick.entry;

import java.util.List;

/**
 * Whose request it is, compiled. Immutable.
 *
 * @param useRemoteAddress whether the connection's other end is the client
 * @param trustedHops 0 for none
 * @param skipAppend whether {@code x-forwarded-for} is left as it came
 * @param appendPort whether {@code x-forwarded-port} is told
 * @param detections tried in order where the remote address is not used
 * @param internal networks whose requests are internal
 */
public record AddressRules(
        boolean useRemoteAddress,
        int trustedHops,
        boolean skipAppend,
        boolean appendPort,
        List<Detection> detections,
        CidrSet internal) {

    /** What holds where nothing is said. */
    public static final AddressRules DEFAULT =
            new AddressRules(true, 0, false, false, List.of(), CidrSet.EMPTY);

    /** Whether it is as at an edge without trusted proxies: the short way. */
    public boolean plain() {
        return useRemoteAddress
                && trustedHops == 0
                && !skipAppend
                && !appendPort
                && internal.isEmpty();
    }

    /** A way to find the client's address. */
    public sealed interface Detection {

        /**
         * By a header that holds just the address.
         *
         * @param rejectWithStatus 0: requests without it go on
         */
        record CustomHeader(String header, boolean trusted, int rejectWithStatus)
                implements Detection {}

        /**
         * By {@code x-forwarded-for}.
         *
         * @param trusted networks of proxies; empty: hops are counted
         */
        record Xff(int trustedHops, CidrSet trusted, boolean skipAppend) implements Detection {}
    }
}
