package dev.wick.model.check;

import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What holds within the records that say how a cluster's hosts are spoken to. */
public final class UpstreamRules {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int LEAST_WINDOW = 65_535;
    private static final int MOST_TABLE = 65_536;

    /** Of a TCP keepalive: what the kernel takes. */
    public static final Duration LONGEST_PROBE = Duration.ofSeconds(32_767);

    private static final int LEAST_BUFFER = 1024;
    private static final int MOST_PROBES = 100;

    private UpstreamRules() {}

    /** All of it, records within included. */
    static void protocol(UpstreamProtocol protocol, Findings findings) {
        findings.enter("commonHttpProtocolOptions");
        common(protocol.common(), findings);
        findings.leave();
        UpstreamProtocol.Choice explicit = protocol.explicit();
        if (explicit != null) {
            findings.enter("explicitHttpConfig");
            explicit(explicit, findings);
            choice(explicit, findings);
            findings.leave();
        }
        UpstreamProtocol.Choice downstream = protocol.downstream();
        if (downstream != null) {
            findings.enter("useDownstreamProtocolConfig");
            choice(downstream, findings);
            findings.leave();
        }
        if (explicit != null && downstream != null) {
            findings.add("explicitHttpConfig", "both", "not with useDownstreamProtocolConfig");
        }
        connections(protocol.connections(), findings);
    }

    private static void connections(UpstreamConnections connections, Findings findings) {
        findings.enter("preconnectPolicy");
        UpstreamConnections.Preconnect preconnect = connections.preconnect();
        ratio("perUpstreamPreconnectRatio", preconnect.perUpstream(), findings);
        ratio("predictivePreconnectRatio", preconnect.predictive(), findings);
        findings.leave();
        String source = connections.sourceAddress();
        if (source != null) {
            findings.enter("upstreamBindConfig");
            sourceAddress(source, findings);
            findings.leave();
        }
        UpstreamConnections.TcpKeepalive keepalive = connections.tcpKeepalive();
        if (keepalive != null) {
            findings.enter("upstreamConnectionOptions");
            findings.enter("tcpKeepalive");
            whole("keepaliveProbes", keepalive.probes(), 0, MOST_PROBES, findings);
            keepalive(keepalive, findings);
            findings.leave();
            findings.leave();
        }
        whole(
                "perConnectionBufferLimitBytes",
                connections.bufferLimit(),
                LEAST_BUFFER,
                Integer.MAX_VALUE,
                findings);
    }

    private static void ratio(String field, double ratio, Findings findings) {
        if (!(ratio >= 1 && ratio <= 3)) {
            findings.add(field, Double.toString(ratio), "1-3");
        }
    }

    public static void sourceAddress(String address, Findings findings) {
        findings.text("sourceAddress", address, Syntax.ip(address));
    }

    public static void keepalive(UpstreamConnections.TcpKeepalive keepalive, Findings findings) {
        seconds("keepaliveTime", keepalive.time(), findings);
        seconds("keepaliveInterval", keepalive.interval(), findings);
    }

    private static void seconds(String field, Duration value, Findings findings) {
        if (value.isNegative()
                || value.compareTo(LONGEST_PROBE) > 0
                || value.toMillis() % 1000 != 0) {
            findings.add(field, Spelling.of(value), "whole seconds, 0s to 32767s");
        }
    }

    private static void choice(UpstreamProtocol.Choice choice, Findings findings) {
        UpstreamProtocol.Http2 http2 = choice.http2();
        if (http2 != null) {
            findings.enter("http2ProtocolOptions");
            http2(http2, findings);
            findings.leave();
        }
    }

    public static void common(UpstreamProtocol.Common common, Findings findings) {
        time("idleTimeout", common.idleTimeout(), Duration.ZERO, findings);
        time("maxConnectionDuration", common.maxConnectionDuration(), Duration.ZERO, findings);
        time("maxStreamDuration", common.maxStreamDuration(), Duration.ZERO, findings);
        whole(
                "maxRequestsPerConnection",
                common.maxRequestsPerConnection(),
                0,
                Integer.MAX_VALUE,
                findings);
    }

    public static void explicit(UpstreamProtocol.Choice choice, Findings findings) {
        if ((choice.http1() == null) == (choice.http2() == null)) {
            findings.add(
                    "httpProtocolOptions",
                    choice.http1() == null ? "neither" : "both",
                    "exactly one of httpProtocolOptions, http2ProtocolOptions");
        }
    }

    static void http2(UpstreamProtocol.Http2 http2, Findings findings) {
        whole("maxConcurrentStreams", http2.maxConcurrentStreams(), 1, Integer.MAX_VALUE, findings);
        whole(
                "initialStreamWindowSize",
                http2.initialStreamWindowSize(),
                LEAST_WINDOW,
                Integer.MAX_VALUE,
                findings);
        whole(
                "initialConnectionWindowSize",
                http2.initialConnectionWindowSize(),
                LEAST_WINDOW,
                Integer.MAX_VALUE,
                findings);
        whole("hpackTableSize", http2.hpackTableSize(), 0, MOST_TABLE, findings);
        UpstreamProtocol.@Nullable Keepalive keepalive = http2.connectionKeepalive();
        if (keepalive != null) {
            findings.enter("connectionKeepalive");
            time("interval", keepalive.interval(), SHORTEST, findings);
            time("timeout", keepalive.timeout(), SHORTEST, findings);
            findings.leave();
        }
    }

    private static void time(String field, Duration value, Duration least, Findings findings) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            String from = least.isZero() ? "0s" : "1ms";
            findings.add(field, Spelling.of(value), from + " to 8760h");
        }
    }

    private static void whole(String field, int value, int least, int most, Findings findings) {
        if (value < least || value > most) {
            findings.add(field, Integer.toString(value), least + "-" + most);
        }
    }
}
