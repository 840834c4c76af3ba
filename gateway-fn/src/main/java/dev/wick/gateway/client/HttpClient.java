package dev.wick.gateway.client;

/**
 * A small HTTP/1.1 client for one origin: the store, later health checks and collectors. Safe for use by any thread; each loop has its own
 * connections, which are kept alive.
 */
public final class HttpClient {

    private final Loops loops;
    private final Origin origin;

    /**
     * @param origin as {@code http://store:8100} or {@code http://store:8100/prefix}
     * @throws IllegalArgumentException where it is something else
     */
    public HttpClient(Loops loops, String origin) {
        this.loops = loops;
        this.origin = Origin.parse(origin);
    }

    /** Asks for a whole answer. {@code answered} is called on the loop, never from within this call, which must be made on the loop. */
    public Call send(Loop loop, ClientRequest request, Answered answered) {
        throw new UnsupportedOperationException("loops: " + loops.size() + origin);
    }

    /** Asks for a stream, on a connection of its own. As {@link #send} otherwise. */
    public Call stream(Loop loop, ClientRequest request, Streamed streamed) {
        throw new UnsupportedOperationException("loops: " + loops.size() + origin);
    }
}
