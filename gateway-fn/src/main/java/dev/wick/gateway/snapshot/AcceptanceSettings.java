package dev.wick.gateway.snapshot;

/**
 * What a listener does with a connection before it speaks with it, compiled.
 *
 * @param proxyProtocol whether connections begin with a PROXY header
 * @param withoutProxyProtocol whether those that do not are taken all the same
 * @param timeoutMillis how long a header may take; 0: for ever
 * @param continueOnTimeout whether a connection goes on then, else it is closed
 * @param maxConnections 0: any number
 */
public record AcceptanceSettings(
        boolean proxyProtocol,
        boolean withoutProxyProtocol,
        long timeoutMillis,
        boolean continueOnTimeout,
        long maxConnections) {

    /** What holds where nothing is said. */
    public static final AcceptanceSettings DEFAULT =
            new AcceptanceSettings(false, false, 15_000, false, 0);
}
