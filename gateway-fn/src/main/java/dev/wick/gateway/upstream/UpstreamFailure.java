package dev.wick.gateway.upstream;

/** Why a request got no whole answer from its cluster. */
public enum UpstreamFailure {
    NO_HEALTHY_UPSTREAM("UH"),
    CONNECT_FAILURE("UF"),
    CONNECT_TIMEOUT("UF"),
    /** The host closed its connection before its answer was complete. */
    CONNECTION_TERMINATION("UC"),
    /** The host reset its connection before its answer was complete. */
    REMOTE_RESET("UR"),
    /** The host sent what is not HTTP, or framed it ambiguously. */
    PROTOCOL_ERROR("UPE"),
    /** A limit of the cluster (connections, pending or running requests) is reached. */
    OVERFLOW("UO");

    private final String flag;

    UpstreamFailure(String flag) {
        this.flag = flag;
    }

    /** Envoy's letters in {@code %RESPONSE_FLAGS%}. */
    public String flag() {
        return flag;
    }
}
