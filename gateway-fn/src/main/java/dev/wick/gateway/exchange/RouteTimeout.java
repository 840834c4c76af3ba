package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;

/** A route's timeout: from the end of the request to the end of the response. */
final class RouteTimeout extends Deadline {

    private final Forwarding forwarding;

    RouteTimeout(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    protected void expired() {
        forwarding.timedOut();
    }
}
