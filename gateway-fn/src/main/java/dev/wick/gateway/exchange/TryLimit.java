package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/** One of the bounds of one try. Confined to the exchange's loop. */
final class TryLimit extends Deadline {

    private final Attempt attempt;
    private final Attempt.Limit limit;

    TryLimit(Attempt attempt, Attempt.Limit limit) {
        this.attempt = attempt;
        this.limit = limit;
    }

    @Override
    protected void expired() {
        attempt.tookTooLong(limit);
    }
}
