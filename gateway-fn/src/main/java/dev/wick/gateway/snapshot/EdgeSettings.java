package dev.wick.gateway.snapshot;

import dev.wick.entry.AddressRules;
import dev.wick.entry.HostRules;
import dev.wick.entry.PathRules;

/**
 * What is made of heads, compiled. Immutable.
 *
 * @param paths what paths are read as
 * @param hosts what authorities are read as
 * @param underscores what becomes of header names with underscores
 * @param address whose request it is
 * @param headers what the gateway tells of itself
 */
public record EdgeSettings(
        PathRules paths,
        HostRules hosts,
        Underscores underscores,
        AddressRules address,
        HeaderSettings headers) {

    /** What holds where nothing is said: an edge. */
    public static final EdgeSettings DEFAULT =
            new EdgeSettings(
                    PathRules.EDGE,
                    HostRules.NONE,
                    Underscores.REJECT_REQUEST,
                    AddressRules.DEFAULT,
                    HeaderSettings.DEFAULT);

    /** What becomes of header names with underscores. */
    public enum Underscores {
        ALLOW,
        REJECT_REQUEST,
        DROP_HEADER
    }

    /**
     * What the gateway tells of itself.
     *
     * @param via empty for nothing
     * @param overwriteServer whether {@code server} is the gateway's, whatever the host says
     * @param addServer whether it is the gateway's where the host says nothing
     */
    public record HeaderSettings(
            boolean generateRequestId,
            boolean preserveExternalRequestId,
            boolean requestIdInResponse,
            String via,
            String serverName,
            boolean overwriteServer,
            boolean addServer) {

        /** What holds where nothing is said. */
        public static final HeaderSettings DEFAULT =
                new HeaderSettings(true, false, false, "", "wick", true, true);

        /** Whether responses are told nothing but the server. */
        public boolean responsesPlain() {
            return !requestIdInResponse && via.isEmpty();
        }
    }
}
