package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Deadline;
import dev.wick.route.Timeouts;
import org.jspecify.annotations.Nullable;

/** Envoy's max stream duration: bounds an exchange from its head to the end of its answer. */
final class StreamDuration extends Deadline {

    private static final long NANOS = 1_000_000;

    private final Exchange exchange;

    StreamDuration(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Begins to watch, as the listener says. */
    static StreamDuration start(Exchange exchange, long millis) {
        StreamDuration bound = new StreamDuration(exchange);
        exchange.loop.arm(bound, millis);
        return bound;
    }

    /**
     * Begins to watch, where the route, the request or else the listener says how long; null where
     * none does.
     */
    static @Nullable StreamDuration start(Exchange exchange, Timeouts timeouts) {
        String asked = exchange.head.headers().get("grpc-timeout");
        long millis = timeouts.streamMillis(asked == null ? -1 : RequestTimeouts.grpcMillis(asked));
        if (millis < 0) {
            millis = exchange.door.settings().protocols().limits().maxStreamMillis();
        }
        if (millis <= 0) {
            return null;
        }
        if (asked != null && timeouts.grpcMaxMillis() >= 0 && GrpcReply.answers(exchange.head)) {
            exchange.head.headers().set("grpc-timeout", RequestTimeouts.grpcText(millis));
        }
        StreamDuration bound = new StreamDuration(exchange);
        long past = (System.nanoTime() - exchange.startNanos()) / NANOS;
        exchange.loop.arm(bound, Math.max(0, millis - past));
        return bound;
    }

    @Override
    protected void expired() {
        exchange.livedTooLong();
    }
}
