package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to find the client's address: Envoy's original IP detection extensions. */
public sealed interface IpDetection {

    /**
     * By a header that holds just the address.
     *
     * @param headerName in lower case
     * @param trusted whether the address may make a request internal
     * @param rejectWithStatus 400-511, for requests without the header or with something else in
     *     it; null: they go on without
     */
    record CustomHeader(String headerName, boolean trusted, @Nullable Integer rejectWithStatus)
            implements IpDetection {}

    /**
     * By {@code x-forwarded-for}.
     *
     * @param xffNumTrustedHops how many addresses at its end are of proxies; not with {@code
     *     trustedCidrs}
     * @param trustedCidrs networks of proxies: the client's address is the last that is in none of
     *     them; empty: hops are counted
     * @param skipXffAppend whether the header is left as it came; default true
     */
    record Xff(int xffNumTrustedHops, List<String> trustedCidrs, boolean skipXffAppend)
            implements IpDetection {

        public Xff {
            trustedCidrs = List.copyOf(trustedCidrs);
        }
    }
}
