package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/**
 * Ends an exchange in which nothing moves either way: Envoy's stream idle timeout, by default five
 * minutes. It looks every quarter of that whether anything has moved, so that what moves need only
 * say so; one that is idle ends after the timeout and a quarter of it at the latest.
 */
final class IdleTimeout extends Deadline {

    private static final int LOOKS = 4;

    private final Exchange exchange;
    private long lookMillis;
    private int looksWithoutMove;

    IdleTimeout(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Nothing may move for as long as the listener says. */
    void start() {
        start(exchange.door.settings().protocols().limits().streamIdleMillis());
    }

    /** Nothing may move for so long; 0: for ever. */
    void start(long millis) {
        looksWithoutMove = 0;
        lookMillis = (millis + LOOKS - 1) / LOOKS;
        if (millis > 0) {
            exchange.loop.arm(this, lookMillis);
        } else {
            disarm();
        }
    }

    /** Something moved. */
    void touch() {
        looksWithoutMove = -1;
    }

    @Override
    protected void expired() {
        if (++looksWithoutMove >= LOOKS) {
            exchange.idle();
        } else {
            exchange.loop.arm(this, lookMillis);
        }
    }
}
