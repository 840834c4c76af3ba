package dev.wick.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a filter chain takes. Criteria are looked at in this order, and for each the
 * chains with the most specific value that fits go on to the next; there is no way back.
 *
 * @param destinationPort to which the connection goes; null: any
 * @param prefixRanges networks of addresses to which it goes; empty: any
 * @param directSourcePrefixRanges networks of the connection's other end; empty: any
 * @param sourcePrefixRanges networks of the client, which a PROXY header may tell; empty: any
 * @param sourcePorts of the client; empty: any
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto">Envoy's
 *     FilterChainMatch</a>
 */
public record FilterChainMatch(
        @Nullable Integer destinationPort,
        List<String> prefixRanges,
        List<String> directSourcePrefixRanges,
        SourceType sourceType,
        List<String> sourcePrefixRanges,
        List<Integer> sourcePorts) {

    /** Every connection. */
    public static final FilterChainMatch ANY =
            new FilterChainMatch(null, List.of(), List.of(), SourceType.ANY, List.of(), List.of());

    public FilterChainMatch {
        prefixRanges = List.copyOf(prefixRanges);
        directSourcePrefixRanges = List.copyOf(directSourcePrefixRanges);
        sourcePrefixRanges = List.copyOf(sourcePrefixRanges);
        sourcePorts = List.copyOf(sourcePorts);
    }

    /** Where a connection comes from. */
    public enum SourceType {
        ANY,
        /** From this very machine. */
        SAME_IP_OR_LOOPBACK,
        /** From another. */
        EXTERNAL
    }
}
