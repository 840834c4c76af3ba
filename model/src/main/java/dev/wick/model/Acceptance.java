package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does with a connection before it speaks with it.
 *
 * @param proxyProtocol whether connections begin with a PROXY header; null: they do not
 * @param listenerFiltersTimeout how long that may take; 0: for ever
 * @param continueOnListenerFiltersTimeout whether the connection goes on without, else it is closed
 * @param maxConnections how many may be open at once; 0: any number
 */
public record Acceptance(
        @Nullable ProxyProtocol proxyProtocol,
        Duration listenerFiltersTimeout,
        boolean continueOnListenerFiltersTimeout,
        long maxConnections) {

    /** What holds where a document says nothing. */
    public static final Acceptance DEFAULT = new Acceptance(null, Duration.ofSeconds(15), false, 0);

    /**
     * The PROXY protocol, version 1 and 2.
     *
     * @param allowRequestsWithoutProxyProtocol whether connections without a header are taken, else
     *     they are closed
     */
    public record ProxyProtocol(boolean allowRequestsWithoutProxyProtocol) {}
}
