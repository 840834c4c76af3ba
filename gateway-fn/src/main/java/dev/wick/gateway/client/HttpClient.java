package dev.wick.gateway.client;

/**
 * A small HTTP/1.1 client for one origin: the store, later health checks and collectors. Safe for
 * use by any thread; each loop has its own connections, which are kept alive.
 */
public final class HttpClient {

    private final Origin origin;
    private final ClientPool[] pools;

    /**
     * @param origin as {@code http://store:8100} or {@code http://store:8100/prefix}
     * @throws IllegalArgumentException where it is something else
     */
    public HttpClient(Loops loops, String origin) {
        this.origin = Origin.parse(origin);
        this.pools = new ClientPool[loops.size()];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = new ClientPool(loops.loop(i), this.origin, loops.channel());
        }
    }

    /**
     * Asks for a whole answer. To be called on the loop, on which {@code answered} is called too,
     * though never from within this call.
     */
    public Call send(Loop loop, ClientRequest request, Answered answered) {
        return start(ClientCall.whole(loop, request, answered));
    }

    /** Asks for an answer that is told as it comes. As {@link #send} otherwise. */
    public Call stream(Loop loop, ClientRequest request, Streamed streamed) {
        return start(ClientCall.stream(loop, request, streamed));
    }

    private Call start(ClientCall call) {
        assert call.loop.inLoop();
        pools[call.loop.index()].send(call);
        return call;
    }

    @Override
    public String toString() {
        return "http://" + origin.authority() + origin.prefix();
    }
}
