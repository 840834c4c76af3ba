package dev.wick.gateway.observe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a response is not simply the upstream's: Envoy's {@code %RESPONSE_FLAGS%}, in the order in
 * which Envoy prints them. That is the one in which it sets them: what is said of retries, which is
 * known before the answer, comes first.
 */
public enum ResponseFlag {
    /** All retries were used up. */
    UPSTREAM_RETRY_LIMIT_EXCEEDED("URX"),
    /** A limit of the cluster was reached. */
    UPSTREAM_OVERFLOW("UO"),
    /** No healthy host in the cluster. */
    NO_HEALTHY_UPSTREAM("UH"),
    /** The route timeout. */
    UPSTREAM_REQUEST_TIMEOUT("UT"),
    /** Reset from this side. */
    LOCAL_RESET("LR"),
    /** The upstream reset the request. */
    UPSTREAM_REMOTE_RESET("UR"),
    /** No connection to the upstream could be made. */
    UPSTREAM_CONNECTION_FAILURE("UF"),
    /** The upstream closed the connection. */
    UPSTREAM_CONNECTION_TERMINATION("UC"),
    /** No route, or no virtual host, for the request. */
    NO_ROUTE_FOUND("NR"),
    /** The client went away before its answer was complete. */
    DOWNSTREAM_CONNECTION_TERMINATION("DC"),
    /** The client reset the request before its answer was complete. */
    DOWNSTREAM_REMOTE_RESET("DR"),
    /** Nothing moved for the stream idle timeout. */
    STREAM_IDLE_TIMEOUT("SI"),
    /** The client does not speak HTTP. */
    DOWNSTREAM_PROTOCOL_ERROR("DPE"),
    /** A try took longer than its cluster, or the request, allows. */
    UPSTREAM_MAX_STREAM_DURATION_REACHED("UMSDR"),
    /** The upstream does not speak HTTP. */
    UPSTREAM_PROTOCOL_ERROR("UPE"),
    /** The cluster of the route is not known. */
    NO_CLUSTER_FOUND("NC"),
    /** Memory runs short here. */
    OVERLOAD_MANAGER("OM"),
    /** The configuration that the request needs could not be drawn; Wick's own. */
    CONFIGURATION_UNAVAILABLE("CU");

    private final String letters;
    private final int bit = 1 << ordinal();

    ResponseFlag(String letters) {
        this.letters = letters;
    }

    /** As the access log prints it. */
    public String letters() {
        return letters;
    }

    /** Its bit in {@link FinishedExchange#flags}. */
    public int bit() {
        return bit;
    }

    /** The letters of flags, as {@code URX,UF}; null for none. */
    public static @Nullable String letters(int flags) {
        return joined(flags, false);
    }

    /** The long names of flags, as {@code UpstreamConnectionFailure}; null for none. */
    public static @Nullable String names(int flags) {
        return joined(flags, true);
    }

    private static @Nullable String joined(int flags, boolean names) {
        if (flags == 0) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (ResponseFlag flag : values()) {
            if ((flags & flag.bit) != 0) {
                all.append(all.isEmpty() ? "" : ",");
                all.append(names ? flag.longName() : flag.letters);
            }
        }
        return all.toString();
    }

    private String longName() {
        StringBuilder text = new StringBuilder();
        for (String word : name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
