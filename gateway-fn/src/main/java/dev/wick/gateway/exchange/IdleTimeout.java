package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/**
 * Ends an exchange in which nothing moves either way: Envoy's stream idle timeout, by default five
 * minutes. It looks now and then whether anything has moved, so that what moves need only say so:
 * by default every half of that, so that one that is idle ends after five to seven and a half
 * minutes; where a route says how long, every quarter.
 */
final class IdleTimeout extends Deadline {

    private static final long LOOK_MILLIS = 150_000;
    private static final int LOOKS = 2;
    private static final int CLOSE_LOOKS = 4;

    private final Exchange exchange;
    private long lookMillis;
    private int looks;
    private int looksWithoutMove;

    IdleTimeout(Exchange exchange) {
        this.exchange = exchange;
    }

    void start() {
        start(LOOK_MILLIS, LOOKS);
    }

    /** Nothing may move for so long; 0: for ever. */
    void start(long millis) {
        if (millis > 0) {
            start(Math.max(1, (millis + CLOSE_LOOKS - 1) / CLOSE_LOOKS), CLOSE_LOOKS);
        } else {
            disarm();
        }
    }

    private void start(long everyMillis, int times) {
        lookMillis = everyMillis;
        looks = times;
        looksWithoutMove = 0;
        exchange.loop.arm(this, everyMillis);
    }

    /** Something moved. */
    void touch() {
        looksWithoutMove = -1;
    }

    @Override
    protected void expired() {
        if (++looksWithoutMove >= looks) {
            exchange.idle();
        } else {
            exchange.loop.arm(this, lookMillis);
        }
    }
}
