package dev.wick.gateway.exchange;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connection that requests come by, as they see it. Immutable. */
public final class ClientConnection {

    private static final AtomicLong IDS = new AtomicLong();

    private final String address;
    private final @Nullable InetSocketAddress remote;
    private final @Nullable InetSocketAddress local;
    private final long id = IDS.incrementAndGet();

    /**
     * @param address the client's IP address
     * @param remote the connection's other end; null where it is not known
     * @param local its end here
     */
    public ClientConnection(
            String address, @Nullable InetSocketAddress remote, @Nullable InetSocketAddress local) {
        this.address = address;
        this.remote = remote;
        this.local = local;
    }

    /** The client's IP address. */
    public String address() {
        return address;
    }

    /** The connection's other end. */
    @Nullable InetSocketAddress remote() {
        return remote;
    }

    /** Its end here. */
    @Nullable InetSocketAddress local() {
        return local;
    }

    /** Distinct among the connections of this instance. */
    long id() {
        return id;
    }
}
