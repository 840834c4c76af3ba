package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;

/**
 * Envoy's connection idle timeout, by default an hour: closes a connection on which no request
 * runs. It looks every eighth of that whether there was one, so that a request need only say so;
 * one that is idle is closed after the timeout and an eighth of it at the latest.
 */
final class IdleConnection extends Deadline {

    private static final int LOOKS = 8;

    private final Connection connection;
    private final Loop loop;
    private final long lookMillis;
    private int looksWithoutRequest;

    /**
     * @param millis 0: for ever
     */
    IdleConnection(Connection connection, Loop loop, long millis) {
        this.connection = connection;
        this.loop = loop;
        this.lookMillis = (millis + LOOKS - 1) / LOOKS;
    }

    void start() {
        if (lookMillis > 0) {
            loop.arm(this, lookMillis);
        }
    }

    /** A request has begun. */
    void touch() {
        looksWithoutRequest = -1;
    }

    @Override
    protected void expired() {
        if (connection.carries()) {
            looksWithoutRequest = -1;
        }
        if (++looksWithoutRequest >= LOOKS) {
            connection.idle();
        } else {
            loop.arm(this, lookMillis);
        }
    }
}
