package dev.wick.model.check;

import dev.wick.model.ClientAddress;
import dev.wick.model.HttpOptions;
import dev.wick.model.IpDetection;
import java.util.List;

/** What holds of the options of an edge. One rule per record, as in {@link Rules}. */
public final class EdgeRules {

    private static final int LOWEST_STATUS = 400;
    private static final int HIGHEST_STATUS = 511;

    private EdgeRules() {}

    /** The rules of all that the options hold. */
    static void walk(HttpOptions http, Findings findings) {
        ClientAddress address = http.clientAddress();
        Check.one("internalAddressConfig", address.internalCidrs(), EdgeRules::internal, findings);
        Check.each(
                "originalIpDetectionExtensions",
                address.detections(),
                EdgeRules::detection,
                findings);
    }

    private static void detection(IpDetection way, Findings findings) {
        if (way instanceof IpDetection.CustomHeader header) {
            Check.one("customHeader", header, EdgeRules::customHeader, findings);
        } else if (way instanceof IpDetection.Xff xff) {
            Check.one("xff", xff, EdgeRules::xff, findings);
        }
    }

    static void http(HttpOptions http, Findings findings) {
        ClientAddress address = http.clientAddress();
        boolean detected = !address.detections().isEmpty();
        if (detected && address.usesRemoteAddress()) {
            findings.add(
                    "useRemoteAddress",
                    "true",
                    "false with originalIpDetectionExtensions, or none");
        }
        if (detected && address.xffNumTrustedHops() > 0) {
            findings.add(
                    "xffNumTrustedHops",
                    Integer.toString(address.xffNumTrustedHops()),
                    "0 with originalIpDetectionExtensions: xff has an xffNumTrustedHops of its own");
        }
        if (http.normalization().stripMatchingHostPort()
                && http.normalization().stripAnyHostPort()) {
            findings.add(
                    "stripMatchingHostPort, stripAnyHostPort",
                    "at most one of stripMatchingHostPort, stripAnyHostPort");
        }
        String via = http.headers().via();
        findings.text("via", via, Syntax.headerValue(via));
        String server = http.headers().serverName();
        findings.text("serverName", server, Syntax.headerValue(server));
    }

    /** The networks that are internal, in {@code cidrRanges}. */
    public static void internal(List<String> ranges, Findings findings) {
        cidrs("cidrRanges", ranges, findings);
    }

    public static void customHeader(IpDetection.CustomHeader header, Findings findings) {
        String name = header.headerName();
        findings.text(
                "headerName", name, name.startsWith(":") ? "no :" : Syntax.matchedHeader(name));
        Integer status = header.rejectWithStatus();
        if (status != null && (status < LOWEST_STATUS || status > HIGHEST_STATUS)) {
            findings.add("rejectWithStatus", status.toString(), "400-511");
        }
    }

    public static void xff(IpDetection.Xff xff, Findings findings) {
        cidrs("xffTrustedCidrs", xff.trustedCidrs(), findings);
        if (xff.xffNumTrustedHops() > 0 && !xff.trustedCidrs().isEmpty()) {
            findings.add(
                    "xffNumTrustedHops, xffTrustedCidrs",
                    "at most one of xffNumTrustedHops, xffTrustedCidrs");
        }
    }

    static void cidrs(String field, List<String> ranges, Findings findings) {
        findings.enter(field);
        for (int i = 0; i < ranges.size(); i++) {
            findings.enter(i);
            findings.text(ranges.get(i), Syntax.cidr(ranges.get(i)));
            findings.leave();
        }
        findings.leave();
    }
}
