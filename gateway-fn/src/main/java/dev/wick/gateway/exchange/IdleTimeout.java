package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/**
 * Envoy's stream idle timeout of five minutes: ends an exchange in which nothing moves either way.
 * It looks every half of that whether anything has moved, so that what moves need only say so; one
 * that is idle ends after five to seven and a half minutes.
 */
final class IdleTimeout extends Deadline {

    private static final long LOOK_MILLIS = 150_000;

    private final Exchange exchange;
    private int looksWithoutMove;

    IdleTimeout(Exchange exchange) {
        this.exchange = exchange;
    }

    void start() {
        looksWithoutMove = 0;
        exchange.loop.arm(this, LOOK_MILLIS);
    }

    /** Something moved. */
    void touch() {
        looksWithoutMove = -1;
    }

    @Override
    protected void expired() {
        if (++looksWithoutMove >= 2) {
            exchange.idle();
        } else {
            exchange.loop.arm(this, LOOK_MILLIS);
        }
    }
}
