package dev.wick.model.wire;

import dev.wick.model.Timeouts.MaxStreamDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The shapes of how long things may take. */
final class TimeoutShapes {

    private TimeoutShapes() {}

    static Shape<MaxStreamDuration> maxStreamDuration() {
        ShapeBuilder<MaxStreamDuration> shape =
                new ShapeBuilder<>("MaxStreamDuration", "How long a request may live.");
        Type<Duration> time = Types.duration(Duration.ZERO, Texts.LONGEST);
        Slot<@Nullable Duration> most =
                shape.nullable(
                        "maxStreamDuration",
                        time,
                        MaxStreamDuration::maxStreamDuration,
                        "From the request's head to the end of the response; 0s: for ever.");
        Slot<@Nullable Duration> headerMax =
                shape.nullable(
                        "grpcTimeoutHeaderMax",
                        time,
                        MaxStreamDuration::grpcTimeoutHeaderMax,
                        "Where it is said, a request's grpc-timeout holds in its place, up to this; 0s: as long as it asks.");
        Slot<@Nullable Duration> headerOffset =
                shape.nullable(
                        "grpcTimeoutHeaderOffset",
                        time,
                        MaxStreamDuration::grpcTimeoutHeaderOffset,
                        "Taken off what grpc-timeout says, if that is more.");
        return shape.make(
                v -> new MaxStreamDuration(most.of(v), headerMax.of(v), headerOffset.of(v)));
    }
}
