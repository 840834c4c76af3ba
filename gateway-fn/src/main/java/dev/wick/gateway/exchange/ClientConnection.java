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
    private final @Nullable InetSocketAddress direct;
    private final long id = IDS.incrementAndGet();

    /**
     * @param remote the client's end; null where it is not known
     * @param local its end here
     */
    public ClientConnection(@Nullable InetSocketAddress remote, @Nullable InetSocketAddress local) {
        this(remote, local, remote);
    }

    private ClientConnection(
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress direct) {
        this.direct = direct;
        InetAddress ip = remote == null ? null : remote.getAddress();
        this.octets = ip == null ? NONE : ip.getAddress();
        this.address = ip == null ? "" : NetUtil.toAddressString(ip);
        this.remote = remote;
        this.local = local;
    }

    /** The same connection, as a proxy in front tells of it. */
    public ClientConnection told(InetSocketAddress source, InetSocketAddress destination) {
        return new ClientConnection(source, destination, direct);
    }

    /** The client's IP address. */
    public String address() {
        return address;
    }

    /** The client's IP address: 4 or 16 octets, not to be changed; none where it is not known. */
    public byte[] octets() {
        return octets;
    }

    /** The client's port; 0 where it is not known. */
    public int port() {
        return remote == null ? 0 : remote.getPort();
    }

    /** The address to which it connected; none where it is not known. */
    public byte[] localOctets() {
        return octets(local);
    }

    /** The address of the connection's other end, whatever a PROXY header says. */
    public byte[] directOctets() {
        return octets(direct);
    }

    private static byte[] octets(@Nullable InetSocketAddress end) {
        InetAddress ip = end == null ? null : end.getAddress();
        return ip == null ? NONE : ip.getAddress();
    }

    /** The connection's other end, whatever a PROXY header says. */
    @Nullable InetSocketAddress direct() {
        return direct;
    }

    /** The port to which it connected. */
    public int localPort() {
        return local == null ? 0 : local.getPort();
    }

    /** The client's end. */
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
