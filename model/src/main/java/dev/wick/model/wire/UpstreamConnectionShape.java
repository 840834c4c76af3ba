package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.UpstreamConnections;
import dev.wick.model.UpstreamConnections.Preconnect;
import dev.wick.model.UpstreamConnections.ProxyVersion;
import dev.wick.model.UpstreamConnections.TcpKeepalive;
import dev.wick.model.check.UpstreamRules;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster that say how connections to its hosts are made. */
final class UpstreamConnectionShape {

    private static final int LEAST_BUFFER = 1024;
    private static final int MOST_RATIO = 3;
    private static final int MOST_PROBES = 100;

    private UpstreamConnectionShape() {}

    /** Adds them; what is returned makes the record of what was read. */
    static Function<@Nullable Object[], UpstreamConnections> add(ShapeBuilder<Cluster> shape) {
        Slot<Preconnect> preconnect =
                shape.optional(
                        "preconnectPolicy",
                        preconnect(),
                        cluster -> cluster.protocol().connections().preconnect(),
                        Preconnect.NONE,
                        "Connections that are made before they are needed.");
        Slot<@Nullable String> bind =
                shape.nullable(
                        "upstreamBindConfig",
                        bind(),
                        cluster -> cluster.protocol().connections().sourceAddress(),
                        "What connections are bound to.");
        Slot<@Nullable TcpKeepalive> keepalive =
                shape.nullable(
                        "upstreamConnectionOptions",
                        options(),
                        cluster -> cluster.protocol().connections().tcpKeepalive(),
                        "Options of the connections' sockets.");
        Slot<Integer> buffer =
                shape.optional(
                        "perConnectionBufferLimitBytes",
                        Types.whole(LEAST_BUFFER, Integer.MAX_VALUE),
                        cluster -> cluster.protocol().connections().bufferLimit(),
                        UpstreamConnections.DEFAULT_BUFFER_LIMIT,
                        "Octets that may wait for a host before its client is told to stop.");
        Slot<@Nullable ProxyVersion> proxy =
                shape.nullable(
                        "proxyProtocol",
                        proxy(),
                        cluster -> cluster.protocol().connections().proxyProtocol(),
                        "Each connection begins by saying whose it is, and is used for that client only.");
        return v ->
                preconnect.of(v) == Preconnect.NONE
                                && bind.of(v) == null
                                && keepalive.of(v) == null
                                && buffer.of(v) == UpstreamConnections.DEFAULT_BUFFER_LIMIT
                                && proxy.of(v) == null
                        ? UpstreamConnections.DEFAULT
                        : new UpstreamConnections(
                                preconnect.of(v),
                                bind.of(v),
                                keepalive.of(v),
                                buffer.of(v),
                                proxy.of(v));
    }

    private static Shape<Preconnect> preconnect() {
        ShapeBuilder<Preconnect> shape =
                new ShapeBuilder<>(
                        "PreconnectPolicy", "Connections that are made before they are needed.");
        Slot<Double> each =
                shape.optional(
                        "perUpstreamPreconnectRatio",
                        new Decimal(1, MOST_RATIO),
                        Preconnect::perUpstream,
                        1.0,
                        "For how many requests a host has connections, for each that it has.");
        Slot<Double> all =
                shape.optional(
                        "predictivePreconnectRatio",
                        new Decimal(1, MOST_RATIO),
                        Preconnect::predictive,
                        1.0,
                        "The same for the cluster as a whole; the next host is guessed.");
        shape.emptyWhen(Preconnect.NONE::equals);
        return shape.make(v -> new Preconnect(each.of(v), all.of(v)));
    }

    private static Shape<String> bind() {
        ShapeBuilder<String> shape =
                new ShapeBuilder<>("UpstreamBindConfig", "What connections are bound to.");
        Slot<String> address =
                shape.required(
                        "sourceAddress",
                        Types.text(2, 45, "an IP address"),
                        source -> source,
                        "The IP address of this machine that connections come from.");
        shape.rule(UpstreamRules::sourceAddress);
        return shape.make(address::of);
    }

    private static Shape<TcpKeepalive> options() {
        ShapeBuilder<TcpKeepalive> shape =
                new ShapeBuilder<>("UpstreamConnectionOptions", "Options of sockets.");
        Slot<TcpKeepalive> keepalive =
                shape.required(
                        "tcpKeepalive",
                        keepalive(),
                        options -> options,
                        "Probes by which the kernel finds a dead connection.");
        return shape.make(keepalive::of);
    }

    private static Shape<TcpKeepalive> keepalive() {
        ShapeBuilder<TcpKeepalive> shape =
                new ShapeBuilder<>(
                        "TcpKeepalive", "Probes by which the kernel finds a dead connection.");
        Slot<Integer> probes =
                shape.optional(
                        "keepaliveProbes",
                        Types.whole(0, MOST_PROBES),
                        TcpKeepalive::probes,
                        0,
                        "How many go unanswered before it is given up. 0: as the kernel has it.");
        Slot<Duration> time =
                shape.optional(
                        "keepaliveTime",
                        Types.duration(Duration.ZERO, UpstreamRules.LONGEST_PROBE),
                        TcpKeepalive::time,
                        Duration.ZERO,
                        "For how long nothing comes before the first. 0s: as the kernel has it.");
        Slot<Duration> interval =
                shape.optional(
                        "keepaliveInterval",
                        Types.duration(Duration.ZERO, UpstreamRules.LONGEST_PROBE),
                        TcpKeepalive::interval,
                        Duration.ZERO,
                        "Between one and the next. 0s: as the kernel has it.");
        shape.rule(UpstreamRules::keepalive);
        return shape.make(v -> new TcpKeepalive(probes.of(v), time.of(v), interval.of(v)));
    }

    /** Which PROXY header hosts get. */
    static Shape<ProxyVersion> proxy() {
        ShapeBuilder<ProxyVersion> shape =
                new ShapeBuilder<>("UpstreamProxyProtocol", "The PROXY protocol to hosts.");
        Slot<ProxyVersion> version =
                shape.optional(
                        "version",
                        Types.oneOf(ProxyVersion.values()),
                        v -> v,
                        ProxyVersion.V1,
                        "V1 is text, V2 binary.");
        return shape.make(version::of);
    }
}
