package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is: which address counts as the client's, and who counts as internal.
 *
 * @param useRemoteAddress whether the connection's other end is the client, and what the client
 *     says of addresses is not believed; null: true, unless there are {@code detections}
 * @param xffNumTrustedHops how many proxies in front of this one are trusted to have written {@code
 *     x-forwarded-for}; default 0
 * @param skipXffAppend whether {@code x-forwarded-for} is left as it came; default false
 * @param appendXForwardedPort whether {@code x-forwarded-port} is told; default false
 * @param detections other ways to find the client's address, the first that finds one wins; only
 *     where the remote address is not used
 * @param internalCidrs networks whose requests are internal; default none
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for">Envoy
 *     on x-forwarded-for</a>
 */
public record ClientAddress(
        @Nullable Boolean useRemoteAddress,
        int xffNumTrustedHops,
        boolean skipXffAppend,
        boolean appendXForwardedPort,
        List<IpDetection> detections,
        List<String> internalCidrs) {

    /** What holds where a document says nothing. */
    public static final ClientAddress DEFAULT =
            new ClientAddress(null, 0, false, false, List.of(), List.of());

    public ClientAddress {
        detections = List.copyOf(detections);
        internalCidrs = List.copyOf(internalCidrs);
    }

    /** Whether the connection's other end is the client. */
    public boolean usesRemoteAddress() {
        return useRemoteAddress == null ? detections.isEmpty() : useRemoteAddress;
    }
}
