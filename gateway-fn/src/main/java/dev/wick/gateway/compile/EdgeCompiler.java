package dev.wick.gateway.compile;

import dev.wick.entry.CidrSet;
import dev.wick.entry.compile.EntryCompiler;
import dev.wick.gateway.snapshot.AddressSettings;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.model.ClientAddress;
import dev.wick.model.GatewayHeaders;
import dev.wick.model.GatewayHeaders.ServerHeader;
import dev.wick.model.HttpOptions;
import dev.wick.model.IpDetection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
                address(options.clientAddress()),
                headers(options.headers()));
    }

    private static AddressSettings address(ClientAddress address) {
        boolean remote = address.usesRemoteAddress();
        List<AddressSettings.Detection> detections = new ArrayList<>();
        if (!remote) {
            for (IpDetection way : address.detections()) {
                detections.add(detection(way));
            }
        }
        if (!remote && detections.isEmpty()) {
            detections.add(
                    new AddressSettings.Detection.Xff(
                            address.xffNumTrustedHops(), CidrSet.EMPTY, true));
        }
        return new AddressSettings(
                remote,
                address.xffNumTrustedHops(),
                address.skipXffAppend(),
                address.appendXForwardedPort(),
                List.copyOf(detections),
                EntryCompiler.cidrs(address.internalCidrs()));
    }

    private static AddressSettings.Detection detection(IpDetection way) {
        if (way instanceof IpDetection.CustomHeader header) {
            Integer status = header.rejectWithStatus();
            return new AddressSettings.Detection.CustomHeader(
                    header.headerName().toLowerCase(Locale.ROOT),
                    header.trusted(),
                    status == null ? 0 : status);
        }
        IpDetection.Xff xff = (IpDetection.Xff) way;
        return new AddressSettings.Detection.Xff(
                xff.xffNumTrustedHops(),
                EntryCompiler.cidrs(xff.trustedCidrs()),
                xff.skipXffAppend());
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
