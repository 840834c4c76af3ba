package dev.wick.gateway.overload;

/** What is done when memory runs short: Envoy's overload actions, in the order of their harm. */
public enum OverloadAction {
    /** Connections end with their next answer. */
    DISABLE_HTTP_KEEPALIVE("disable_http_keepalive"),
    /** Requests are answered with 503. */
    STOP_ACCEPTING_REQUESTS("stop_accepting_requests"),
    /** Answers of which much is kept for slow clients are cut. */
    RESET_HIGH_MEMORY_STREAM("reset_high_memory_stream"),
    /** Connections are left to the kernel. */
    STOP_ACCEPTING_CONNECTIONS("stop_accepting_connections");

    private final String text;

    OverloadAction(String text) {
        this.text = text;
    }

    /** As Envoy calls it, behind {@code envoy.overload_actions.}. */
    public String text() {
        return text;
    }
}
