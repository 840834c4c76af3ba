package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.observe.ClusterMetrics;

/** Asks a host by PING whether it is still there. Confined to the connection's loop. */
final class Http2Keepalive extends Deadline {

    private final Http2ClientConnection connection;
    private final ConnectionSettings.Http2Limits limits;
    private long asked;
    private boolean waiting;

    Http2Keepalive(Http2ClientConnection connection) {
        this.connection = connection;
        this.limits = connection.settings.http2();
    }

    void start() {
        waiting = false;
        connection.loop.arm(this, limits.pingMillis());
    }

    /** An answer has come. */
    void answered() {
        if (waiting) {
            start();
        }
    }

    @Override
    protected void expired() {
        if (waiting) {
            connection.metrics.count(connection.index, ClusterMetrics.HTTP2_KEEPALIVE_TIMEOUT);
            connection.abandon();
        } else {
            waiting = true;
            connection.writePing(++asked);
            connection.loop.arm(this, limits.pingTimeoutMillis());
        }
    }
}
