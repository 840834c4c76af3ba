package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/**
 * How long one try may take, or how long nothing may move in it. Confined to the exchange's loop.
 */
final class PerTry extends Deadline {

    private final Attempt attempt;
    private final boolean idle;

    PerTry(Attempt attempt, boolean idle) {
        this.attempt = attempt;
        this.idle = idle;
    }

    @Override
    protected void expired() {
        attempt.tookTooLong(idle);
    }
}
