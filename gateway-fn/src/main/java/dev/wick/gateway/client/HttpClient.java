package dev.wick.gateway.client;

import java.net.InetSocketAddress;

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
        this(loops, Origin.parse(origin));
    }

    private HttpClient(Loops loops, Origin origin) {
        this.origin = origin;
        this.pools = new ClientPool[loops.size()];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = new ClientPool(loops.loop(i), this.origin, loops.channel());
        }
    }

    /**
     * A client for one address.
     *
     * @param authority what the {@code host} header says
     */
    public static HttpClient of(Loops loops, InetSocketAddress address, String authority) {
        String host = address.getAddress().getHostAddress();
        return new HttpClient(loops, new Origin(host, address.getPort(), authority, ""));
    }

    /** Closes the connections of a loop that carry nothing; on that loop. */
    public void closeIdle(Loop loop) {
        pools[loop.index()].closeIdle();
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
