package dev.wick.gateway.snapshot;

import dev.wick.http.NameFormat;
import dev.wick.route.UpgradeRules;

/**
 * What a listener speaks with its clients.
 *
 * @param acceptHttp10 else HTTP/1.0 is answered with 426
 * @param defaultHostForHttp10 the authority of HTTP/1.0 requests that name none; empty: 400
 * @param http1Trailers whether HTTP/1 trailers are passed on, both ways
 * @param names how names are spelt in HTTP/1
 * @param proxy100Continue whether {@code Expect: 100-continue} is left to the host, and its 1xx
 *     answers are passed on
 * @param http2 how HTTP/2 is spoken
 * @param upgrades which upgrades are let through where the route says nothing of them
 * @param limits what is borne from clients
 */
public record ProtocolSettings(
        boolean acceptHttp10,
        String defaultHostForHttp10,
        boolean http1Trailers,
        NameFormat names,
        boolean proxy100Continue,
        ClientHttp2Settings http2,
        UpgradeRules upgrades,
        LimitSettings limits) {

    /** What holds where nothing is said. */
    public static final ProtocolSettings DEFAULT =
            new ProtocolSettings(
                    false,
                    "",
                    false,
                    NameFormat.LOWER,
                    false,
                    ClientHttp2Settings.DEFAULT,
                    UpgradeRules.NONE,
                    LimitSettings.DEFAULT);
}
