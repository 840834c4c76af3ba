package dev.wick.route;

/**
 * How long the parts of a request may take, in milliseconds.
 *
 * @param routeMillis from the end of the request to the end of the response; 0: any time
 * @param idleMillis how long nothing may move; 0: any time; -1: as the listener says
 * @param streamMillis from the request's head to the end of the response; 0: any time; -1: as the
 *     listener says
 * @param grpcMaxMillis the most that {@code grpc-timeout} may ask for; 0: as long as it asks; -1:
 *     it is not looked at
 * @param grpcOffsetMillis taken off what it asks for
 */
public record Timeouts(
        long routeMillis,
        long idleMillis,
        long streamMillis,
        long grpcMaxMillis,
        long grpcOffsetMillis) {

    /** Whether the route's timeout is all that is said. */
    public boolean plain() {
        return idleMillis < 0 && streamMillis < 0 && grpcMaxMillis < 0;
    }

    /**
     * How long a request may live; 0: any time; -1: as the listener says.
     *
     * @param grpcTimeout what its {@code grpc-timeout} asks for, in milliseconds; -1: it has none
     */
    public long streamMillis(long grpcTimeout) {
        if (grpcMaxMillis < 0 || grpcTimeout < 0) {
            return streamMillis;
        }
        long asked = grpcMaxMillis > 0 && grpcTimeout > grpcMaxMillis ? grpcMaxMillis : grpcTimeout;
        return Math.max(1, asked > grpcOffsetMillis ? asked - grpcOffsetMillis : asked);
    }
}
