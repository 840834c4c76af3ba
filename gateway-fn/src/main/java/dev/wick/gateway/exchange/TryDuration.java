package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/**
 * A cluster's max stream duration: bounds one try from when it has a connection to the end of its
 * answer. Confined to the exchange's loop.
 */
final class TryDuration extends Deadline {

    private final Attempt attempt;

    TryDuration(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    protected void expired() {
        attempt.livedTooLong();
    }
}
