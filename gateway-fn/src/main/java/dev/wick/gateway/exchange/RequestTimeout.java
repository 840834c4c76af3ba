package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/** Envoy's {@code request_timeout}: how long a request may take to come as a whole. */
final class RequestTimeout extends Deadline {

    private final Exchange exchange;

    RequestTimeout(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    protected void expired() {
        exchange.requestTimedOut();
    }
}
