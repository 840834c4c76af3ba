package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a cluster's hosts are made.
 *
 * @param sourceAddress the IP address of this machine that they come from; null for any
 * @param tcpKeepalive null for none
 * @param bufferLimit octets that may wait for a host before its client is told to stop: 1 KiB or
 *     more; default 1 MiB
 * @param proxyProtocol whether each begins by saying whose it is; null for not
 */
public record UpstreamConnections(
        Preconnect preconnect,
        @Nullable String sourceAddress,
        @Nullable TcpKeepalive tcpKeepalive,
        int bufferLimit,
        @Nullable ProxyVersion proxyProtocol) {

    public static final int DEFAULT_BUFFER_LIMIT = 1024 * 1024;

    /** What holds where a document says nothing. */
    public static final UpstreamConnections DEFAULT =
            new UpstreamConnections(Preconnect.NONE, null, null, DEFAULT_BUFFER_LIMIT, null);

    /**
     * For how many requests there is to be a connection, for each that runs or waits.
     *
     * @param perUpstream at each host: 1-3; default 1
     * @param predictive in the whole cluster, hosts being guessed: 1-3; default 1
     */
    public record Preconnect(double perUpstream, double predictive) {

        /** Connections are made when they are needed. */
        public static final Preconnect NONE = new Preconnect(1, 1);
    }

    /**
     * Probes by which the kernel finds a dead connection; 0 leaves a number to the kernel.
     *
     * @param probes how many go unanswered before it is given up
     * @param time for how long nothing comes before the first; whole seconds
     * @param interval between one and the next; whole seconds
     */
    public record TcpKeepalive(int probes, Duration time, Duration interval) {}

    /** Of the PROXY protocol. */
    public enum ProxyVersion {
        /** A line of text. */
        V1,
        /** Binary. */
        V2
    }
}
