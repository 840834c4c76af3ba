package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.snapshot.LimitSettings;

/**
 * Bounds how long a head may take to come, from its first byte: Envoy's {@code
 * request_headers_timeout}, and {@code request_timeout} where that is shorter.
 */
final class HeadTimeout extends Deadline {

    private final Http1Connection connection;
    private final Loop loop;
    private final long millis;
    private final boolean ofHead;

    HeadTimeout(Http1Connection connection, Loop loop, LimitSettings limits) {
        this.connection = connection;
        this.loop = loop;
        long head = limits.requestHeadersMillis();
        long whole = limits.requestMillis();
        this.ofHead = head > 0 && (whole == 0 || head <= whole);
        this.millis = ofHead ? head : whole;
    }

    /** Whether there is any such bound. */
    static boolean isAny(LimitSettings limits) {
        return limits.requestHeadersMillis() > 0 || limits.requestMillis() > 0;
    }

    /** A part of a head has come, or all of it. */
    void watch(boolean incomplete) {
        if (!incomplete) {
            disarm();
        } else if (!armed()) {
            loop.arm(this, millis);
        }
    }

    @Override
    protected void expired() {
        connection.headTimedOut(ofHead);
    }
}
