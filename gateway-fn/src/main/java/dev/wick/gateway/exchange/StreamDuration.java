package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/** Envoy's max stream duration: bounds an exchange from its head to the end of its answer. */
final class StreamDuration extends Deadline {

    private final Exchange exchange;

    StreamDuration(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    protected void expired() {
        exchange.livedTooLong();
    }
}
