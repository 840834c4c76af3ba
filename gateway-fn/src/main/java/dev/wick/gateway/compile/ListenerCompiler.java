package dev.wick.gateway.compile;

import dev.wick.entry.compile.EntryCompiler;
import dev.wick.gateway.snapshot.AcceptanceSettings;
import dev.wick.gateway.snapshot.ChainSettings;
import dev.wick.gateway.snapshot.ClientHttp2Settings;
import dev.wick.gateway.snapshot.HttpSettings;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import dev.wick.model.Acceptance;
import dev.wick.model.FilterChain;
import dev.wick.model.FilterChainMatch;
import dev.wick.model.HttpLimits;
import dev.wick.model.HttpOptions;
import dev.wick.model.HttpProtocols;
import dev.wick.model.Listener;
import dev.wick.route.compile.UpgradeCompiler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds what one listener says. Pure; any thread. Nothing that was admitted is refused here. */
public final class ListenerCompiler {

    private ListenerCompiler() {}

    /** How its chains take connections, and what each does. */
    public static ChainSettings chains(Listener listener) {
        FilterChain first = listener.filterChains().getFirst();
        boolean one = listener.filterChains().size() == 1 && first.match() == FilterChainMatch.ANY;
        if (one && listener.defaultFilterChain() == null) {
            return ChainSettings.single(first.name(), http(listener, first));
        }
        Map<String, HttpSettings> chains = new LinkedHashMap<>();
        for (FilterChain chain : listener.allChains()) {
            chains.put(chain.name(), http(listener, chain));
        }
        FilterChain otherwise = listener.defaultFilterChain();
        return new ChainSettings(
                chains,
                EntryCompiler.chains(listener.filterChains()),
                otherwise == null ? null : otherwise.name());
    }

    /** What happens to its connections before. */
    public static AcceptanceSettings acceptance(Listener listener) {
        Acceptance acceptance = listener.acceptance();
        Acceptance.ProxyProtocol proxy = acceptance.proxyProtocol();
        return new AcceptanceSettings(
                proxy != null,
                proxy != null && proxy.allowRequestsWithoutProxyProtocol(),
                acceptance.listenerFiltersTimeout().toMillis(),
                acceptance.continueOnListenerFiltersTimeout(),
                acceptance.maxConnections());
    }

    private static HttpSettings http(Listener listener, FilterChain chain) {
        HttpOptions own = chain.http();
        return http(own == null ? listener.http() : own);
    }

    /** How it treats HTTP, where a chain says nothing. */
    public static HttpSettings http(Listener listener) {
        return http(listener.http());
    }

    private static HttpSettings http(HttpOptions options) {
        // The same object nearly always: nothing is to be built on the way to the first byte.
        return options == HttpOptions.DEFAULT
                ? HttpSettings.DEFAULT
                : new HttpSettings(
                        protocols(options.protocols()),
                        EdgeCompiler.edge(options),
                        PolicyCompiler.compile(options.policies()));
    }

    private static ProtocolSettings protocols(HttpProtocols protocols) {
        String host = protocols.http1().defaultHostForHttp10();
        return new ProtocolSettings(
                protocols.http1().acceptHttp10(),
                host == null ? "" : host,
                protocols.http1().enableTrailers(),
                NameFormats.of(protocols.http1().headerKeyFormat()),
                protocols.proxy100Continue(),
                http2(protocols.http2()),
                UpgradeCompiler.compile(protocols.upgrades()),
                limits(protocols.limits()));
    }

    private static ClientHttp2Settings http2(HttpProtocols.Http2 options) {
        HttpProtocols.Floods floods = options.floods();
        return new ClientHttp2Settings(
                options.maxConcurrentStreams(),
                options.initialStreamWindowSize(),
                options.initialConnectionWindowSize(),
                options.allowConnect(),
                floods.maxOutboundFrames(),
                floods.maxOutboundControlFrames(),
                floods.maxConsecutiveInboundFramesWithEmptyPayload(),
                floods.maxInboundPriorityFramesPerStream(),
                floods.maxInboundWindowUpdateFramesPerDataFrameSent());
    }

    private static LimitSettings limits(HttpLimits limits) {
        Duration flush = limits.streamFlushTimeout();
        return new LimitSettings(
                limits.maxRequestHeadersKb() * 1024,
                limits.maxHeadersCount(),
                limits.requestHeadersTimeout().toMillis(),
                limits.requestTimeout().toMillis(),
                limits.idleTimeout().toMillis(),
                limits.streamIdleTimeout().toMillis(),
                (flush == null ? limits.streamIdleTimeout() : flush).toMillis(),
                limits.maxConnectionDuration().toMillis(),
                limits.maxRequestsPerConnection(),
                limits.maxStreamDuration().toMillis(),
                limits.drainTimeout().toMillis(),
                limits.delayedCloseTimeout().toMillis(),
                limits.hopLimit());
    }
}
