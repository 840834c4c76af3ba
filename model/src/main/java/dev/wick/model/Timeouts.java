package dev.wick.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the parts of a request may take.
 *
 * @param route from the end of the request to the end of the response; default 15 s, zero: none
 * @param idle how long nothing may move either way; null: the listener's 5 minutes; zero: for ever
 * @param maxStreamDuration how long a request may live; null: not bound, and {@code route} holds
 */
public record Timeouts(
        Duration route, @Nullable Duration idle, @Nullable MaxStreamDuration maxStreamDuration) {

    /** What holds where a document says nothing. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(15));

    /** With the route's alone. */
    public Timeouts(Duration route) {
        this(route, null, null);
    }

    /**
     * Envoy's {@code max_stream_duration}. Where there is one, the route's timeout does not hold.
     *
     * @param maxStreamDuration from the request's head to the end of the response; null or zero:
     *     not bound
     * @param grpcTimeoutHeaderMax where it is set, the {@code grpc-timeout} of a request bounds it
     *     in the place of {@code maxStreamDuration}, and this bounds that; zero: as long as it asks
     * @param grpcTimeoutHeaderOffset taken off what {@code grpc-timeout} says, if that is more
     */
    public record MaxStreamDuration(
            @Nullable Duration maxStreamDuration,
            @Nullable Duration grpcTimeoutHeaderMax,
            @Nullable Duration grpcTimeoutHeaderOffset) {}
}
