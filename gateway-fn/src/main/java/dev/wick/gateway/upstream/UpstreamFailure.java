package dev.wick.gateway.upstream;

/** Why a request got no whole answer from its cluster. */
public enum UpstreamFailure {
    NO_HEALTHY_UPSTREAM("UH", "no_healthy_upstream"),
    CONNECT_FAILURE("UF", "remote connection failure"),
    CONNECT_TIMEOUT("UF", "connection timeout"),
    /** The host closed its connection before its answer was complete. */
    CONNECTION_TERMINATION("UC", "connection_termination"),
    /** The host reset its connection, or the stream, before its answer was complete. */
    REMOTE_RESET("UR", "remote_reset"),
    /** The host said that it has not begun with the request, and will not. */
    REFUSED_STREAM("UR", "remote_refused_stream_reset"),
    /** The host sent what is not HTTP, or framed it ambiguously; or it says that of the request. */
    PROTOCOL_ERROR("UPE", "protocol_error"),
    /** A limit of the cluster (connections, pending or running requests) is reached. */
    OVERFLOW("UO", "overflow");

    private final String flag;
    private final String detail;

    UpstreamFailure(String flag, String detail) {
        this.flag = flag;
        this.detail = detail;
    }

    /** What {@link UpstreamEvents#failed} says where there is nothing more to say. */
    String detail() {
        return detail;
    }

    /** Whether the host is held to have failed, and not who sent to it. */
    boolean ofHost() {
        return this != NO_HEALTHY_UPSTREAM && this != OVERFLOW;
    }

    /** Envoy's letters in {@code %RESPONSE_FLAGS%}. */
    public String flag() {
        return flag;
    }
}
