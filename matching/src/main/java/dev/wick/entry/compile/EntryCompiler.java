package dev.wick.entry.compile;

import dev.wick.entry.AddressRules;
import dev.wick.entry.ChainTable;
import dev.wick.entry.Cidr;
import dev.wick.entry.CidrSet;
import dev.wick.entry.EscapedSlashes;
import dev.wick.entry.HostRules;
import dev.wick.entry.PathRules;
import dev.wick.model.ClientAddress;
import dev.wick.model.FilterChain;
import dev.wick.model.FilterChainMatch;
import dev.wick.model.IpDetection;
import dev.wick.model.Normalization;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes of a listener's document what it is applied by. Pure; any thread. */
public final class EntryCompiler {

    private EntryCompiler() {}

    public static PathRules paths(Normalization normalization) {
        return new PathRules(
                normalization.normalizePath(),
                normalization.mergeSlashes(),
                switch (normalization.pathWithEscapedSlashesAction()) {
                    case KEEP_UNCHANGED -> EscapedSlashes.KEEP_UNCHANGED;
                    case REJECT_REQUEST -> EscapedSlashes.REJECT_REQUEST;
                    case UNESCAPE_AND_REDIRECT -> EscapedSlashes.UNESCAPE_AND_REDIRECT;
                    case UNESCAPE_AND_FORWARD -> EscapedSlashes.UNESCAPE_AND_FORWARD;
                });
    }

    public static HostRules hosts(Normalization normalization) {
        return new HostRules(
                normalization.stripMatchingHostPort(),
                normalization.stripAnyHostPort(),
                normalization.stripTrailingHostDot());
    }

    /** Whose a request is. */
    public static AddressRules addresses(ClientAddress address) {
        boolean remote = address.usesRemoteAddress();
        List<AddressRules.Detection> detections = new ArrayList<>();
        if (!remote) {
            for (IpDetection way : address.detections()) {
                detections.add(detection(way));
            }
        }
        if (!remote && detections.isEmpty()) {
            detections.add(
                    new AddressRules.Detection.Xff(
                            address.xffNumTrustedHops(), CidrSet.EMPTY, true));
        }
        return new AddressRules(
                remote,
                address.xffNumTrustedHops(),
                address.skipXffAppend(),
                address.appendXForwardedPort(),
                List.copyOf(detections),
                cidrs(address.internalCidrs()));
    }

    private static AddressRules.Detection detection(IpDetection way) {
        if (way instanceof IpDetection.CustomHeader header) {
            Integer status = header.rejectWithStatus();
            return new AddressRules.Detection.CustomHeader(
                    header.headerName().toLowerCase(Locale.ROOT),
                    header.trusted(),
                    status == null ? 0 : status);
        }
        IpDetection.Xff xff = (IpDetection.Xff) way;
        return new AddressRules.Detection.Xff(
                xff.xffNumTrustedHops(), cidrs(xff.trustedCidrs()), xff.skipXffAppend());
    }

    /** Which of a listener's chains takes a connection, by its name. */
    public static ChainTable<String> chains(List<FilterChain> chains) {
        ChainTable<String> table = new ChainTable<>();
        for (FilterChain chain : chains) {
            FilterChainMatch match = chain.match();
            Integer port = match.destinationPort();
            table.add(
                    new ChainTable.Criteria(
                            port == null ? 0 : port,
                            networks(match.prefixRanges()),
                            networks(match.directSourcePrefixRanges()),
                            switch (match.sourceType()) {
                                case ANY -> ChainTable.Source.ANY;
                                case SAME_IP_OR_LOOPBACK -> ChainTable.Source.LOCAL;
                                case EXTERNAL -> ChainTable.Source.EXTERNAL;
                            },
                            networks(match.sourcePrefixRanges()),
                            match.sourcePorts()),
                    chain.name());
        }
        return table;
    }

    private static List<Cidr> networks(List<String> ranges) {
        List<Cidr> networks = new ArrayList<>(ranges.size());
        for (String range : ranges) {
            int slash = range.indexOf('/');
            networks.add(
                    new Cidr(
                            InetAddress.ofLiteral(range.substring(0, slash)).getAddress(),
                            Integer.parseInt(range.substring(slash + 1))));
        }
        return networks;
    }

    /**
     * @param ranges as {@code 10.0.0.0/8}
     */
    public static CidrSet cidrs(List<String> ranges) {
        List<byte[]> addresses = new ArrayList<>(ranges.size());
        List<Integer> lengths = new ArrayList<>(ranges.size());
        for (String range : ranges) {
            int slash = range.indexOf('/');
            addresses.add(InetAddress.ofLiteral(range.substring(0, slash)).getAddress());
            lengths.add(Integer.parseInt(range.substring(slash + 1)));
        }
        return CidrSet.of(addresses, lengths);
    }
}
