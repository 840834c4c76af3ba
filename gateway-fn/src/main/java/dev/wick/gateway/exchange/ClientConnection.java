package dev.wick.gateway.exchange;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connection that requests come by, as they see it. Immutable. */
public final class ClientConnection {

    private static final AtomicLong IDS = new AtomicLong();

    private static final byte[] NONE = new byte[0];

    private final String address;
    private final byte[] octets;
    private final @Nullable InetSocketAddress remote;
    private final @Nullable InetSocketAddress local;
    private final long id = IDS.incrementAndGet();

    /**
     * @param remote the connection's other end; null where it is not known
     * @param local its end here
     */
    public ClientConnection(@Nullable InetSocketAddress remote, @Nullable InetSocketAddress local) {
        InetAddress ip = remote == null ? null : remote.getAddress();
        this.octets = ip == null ? NONE : ip.getAddress();
        this.address = ip == null ? "" : NetUtil.toAddressString(ip);
        this.remote = remote;
        this.local = local;
    }

    /** The client's IP address. */
    public String address() {
        return address;
    }

    /** The client's IP address: 4 or 16 octets, not to be changed; none where it is not known. */
    byte[] octets() {
        return octets;
    }

    /** The port to which it connected. */
    int localPort() {
        return local == null ? 0 : local.getPort();
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
