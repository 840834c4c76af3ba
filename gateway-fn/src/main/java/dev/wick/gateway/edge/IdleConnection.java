package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;

/**
 * Envoy's connection idle timeout of an hour: closes a connection on which no request runs. It
 * looks every half hour whether there was one, so that a request need only say so.
 */
final class IdleConnection extends Deadline {

    private static final long LOOK_MILLIS = 1_800_000;

    private final Connection connection;
    private final Loop loop;
    private int looksWithoutRequest;

    IdleConnection(Connection connection, Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    void start() {
        loop.arm(this, LOOK_MILLIS);
    }

    /** A request has begun. */
    void touch() {
        looksWithoutRequest = -1;
    }

    @Override
    protected void expired() {
        if (!connection.busy() && ++looksWithoutRequest >= 2) {
            connection.idle();
        } else {
            loop.arm(this, LOOK_MILLIS);
        }
    }
}
