package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;
import dev.wick.http.Headers;
import dev.wick.route.RetryPolicy;
import dev.wick.route.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take at its cluster: the route's timeout for all tries together, and what
 * its retry policy says of each, or what the request itself asks for. The whole runs from the end
 * of the request to the end of the answer. Confined to the exchange's loop; used again for the
 * connection's next exchange.
 */
final class TimeBudget extends Deadline {

    private static final long NANOS = 1_000_000;
    private static final long DEFAULT_MILLIS = 15_000;
    private static final String DEFAULT_TEXT = "15000";
    private static final String EXPECTED = "x-envoy-expected-rq-timeout-ms";

    private final Exchange exchange;
    private final Forwarding forwarding;

    /** 0: any time. */
    private long millis;

    /** Of one try, from the whole request on a connection to the answer's head; 0: no bound. */
    private long perTry;

    /** How long nothing may move in one try; 0: no bound. */
    private long perTryIdle;

    /**
     * How long one try may last, from its connection to the answer's end; 0: no bound; -1: what the
     * cluster says.
     */
    private long tryDuration;

    /** Whether the route says how long nothing may move. */
    private boolean bounded;

    private long requestEndNanos;
    private LocalReply reply = LocalReply.ROUTE_TIMEOUT;

    TimeBudget(Exchange exchange, Forwarding forwarding) {
        this.exchange = exchange;
        this.forwarding = forwarding;
    }

    /**
     * Before the request is sent.
     *
     * @param tries what its retry policy says
     * @param asking its headers where they may say something too, else null
     */
    void begin(Timeouts timeouts, RetryPolicy.Times tries, @Nullable Headers asking) {
        millis = timeouts.routeMillis();
        perTry = tries.perTry();
        perTryIdle = tries.perTryIdle();
        tryDuration = -1;
        bounded = !timeouts.plain() && exchange.bound(timeouts);
        reply = LocalReply.ROUTE_TIMEOUT;
        if (asking != null) {
            obey(asking);
        }
        if (millis > 0 && perTry >= millis) {
            perTry = 0;
        }
    }

    private void obey(Headers headers) {
        millis = ControlHeaders.millis(headers, ControlHeaders.TIMEOUT, millis);
        perTry = ControlHeaders.millis(headers, ControlHeaders.PER_TRY_TIMEOUT, perTry);
        tryDuration = ControlHeaders.millis(headers, ControlHeaders.STREAM_DURATION, -1);
        if (headers.contains(ControlHeaders.ALTERNATIVE)) {
            reply = LocalReply.ROUTE_TIMEOUT_EMPTY;
            headers.remove(ControlHeaders.ALTERNATIVE);
        }
    }

    /** In milliseconds; 0: any time. */
    long millis() {
        return millis;
    }

    /** Bounds a try, before it is sent. */
    void bound(Attempt attempt) {
        attempt.bound(perTry, perTryIdle, tryDuration);
    }

    /**
     * Tells the host how long it has.
     *
     * @param hedges whether a try that takes too long goes on all the same
     * @param first whether this is the first try
     */
    void tell(Headers headers, boolean hedges, boolean first) {
        long left = first ? millis : left();
        long expected = hedges || perTry == 0 ? left : left == 0 ? perTry : Math.min(perTry, left);
        if (expected > 0) {
            boolean usual = expected == DEFAULT_MILLIS;
            headers.set(EXPECTED, usual ? DEFAULT_TEXT : Long.toString(expected));
        }
    }

    /** What is left, at least 1; 0: any time. */
    private long left() {
        if (millis == 0 || !exchange.requestEnded()) {
            return millis;
        }
        return Math.max(1, millis - sinceRequest(System.nanoTime()));
    }

    /** The request is complete: from now on it runs. */
    void start(long nowNanos) {
        requestEndNanos = nowNanos;
        // With the end of the request a tunnel may have ended, and all with it.
        if (exchange.running()) {
            watch(exchange.upgrading() ? 0 : millis);
        }
    }

    /** A tunnel lasts for as long as something moves in it. */
    private void watch(long most) {
        if (most > 0) {
            exchange.loop.arm(this, most);
        }
        if (!bounded) {
            exchange.watchIdle(most);
        }
    }

    /** Milliseconds from the end of the request, which is complete, to some point in time. */
    long sinceRequest(long nanos) {
        return (nanos - requestEndNanos) / NANOS;
    }

    /** What is answered where it has passed. */
    LocalReply reply() {
        return reply;
    }

    /** What is answered where a try took too long: this, or without a body, as the request asks. */
    LocalReply reply(LocalReply usual) {
        return reply == LocalReply.ROUTE_TIMEOUT
                ? usual
                : new LocalReply(reply.status(), reply.body(), usual.flag(), usual.details());
    }

    @Override
    protected void expired() {
        forwarding.timedOut();
    }
}
