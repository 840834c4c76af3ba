package dev.wick.gateway.compile;

import dev.wick.gateway.snapshot.HttpSettings;
import dev.wick.gateway.snapshot.LimitSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import dev.wick.model.HttpLimits;
import dev.wick.model.HttpOptions;
import dev.wick.model.HttpProtocols;
import dev.wick.model.Listener;
import dev.wick.route.compile.UpgradeCompiler;

/** Builds what one listener says. Pure; any thread. Nothing that was admitted is refused here. */
public final class ListenerCompiler {

    private ListenerCompiler() {}

    /** How it treats HTTP. */
    public static HttpSettings http(Listener listener) {
        HttpOptions options = listener.http();
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
                protocols.proxy100Continue(),
                UpgradeCompiler.compile(protocols.upgrades()),
                limits(protocols.limits()));
    }

    private static LimitSettings limits(HttpLimits limits) {
        return new LimitSettings(
                limits.maxRequestHeadersKb() * 1024,
                limits.maxHeadersCount(),
                limits.requestHeadersTimeout().toMillis(),
                limits.requestTimeout().toMillis(),
                limits.idleTimeout().toMillis(),
                limits.streamIdleTimeout().toMillis(),
                limits.maxConnectionDuration().toMillis(),
                limits.maxRequestsPerConnection());
    }
}
