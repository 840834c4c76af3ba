package dev.wick.gateway.compile;

import dev.wick.entry.compile.EntryCompiler;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.model.GatewayHeaders;
import dev.wick.model.GatewayHeaders.ServerHeader;
import dev.wick.model.HttpOptions;

/** Builds what a listener makes of heads. Nothing that was admitted is refused here. */
final class EdgeCompiler {

    private EdgeCompiler() {}

    /** What is made of heads. */
    static EdgeSettings edge(HttpOptions options) {
        return new EdgeSettings(
                EntryCompiler.paths(options.normalization()),
                EntryCompiler.hosts(options.normalization()),
                switch (options.normalization().headersWithUnderscoresAction()) {
                    case ALLOW -> EdgeSettings.Underscores.ALLOW;
                    case REJECT_REQUEST -> EdgeSettings.Underscores.REJECT_REQUEST;
                    case DROP_HEADER -> EdgeSettings.Underscores.DROP_HEADER;
                },
                EntryCompiler.addresses(options.clientAddress()),
                headers(options.headers()));
    }

    private static EdgeSettings.HeaderSettings headers(GatewayHeaders headers) {
        ServerHeader server = headers.serverHeaderTransformation();
        return new EdgeSettings.HeaderSettings(
                headers.generateRequestId(),
                headers.preserveExternalRequestId(),
                headers.alwaysSetRequestIdInResponse(),
                headers.via(),
                headers.serverName(),
                server == ServerHeader.OVERWRITE,
                server != ServerHeader.PASS_THROUGH);
    }
}
