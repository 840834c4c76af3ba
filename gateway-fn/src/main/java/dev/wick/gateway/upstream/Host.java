package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Member;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One address of a cluster, with its connections. Each loop touches its own pool only. */
final class Host extends Member {

    private final Cluster cluster;
    private volatile EndpointAddress endpoint;
    private final InetSocketAddress address;
    private final String text;
    private final @Nullable Pool[] pools;
    private volatile boolean removed;

    Host(Cluster cluster, EndpointAddress endpoint, InetSocketAddress address, int loops) {
        super(endpoint.attributes());
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.address = address;
        this.text = text(address);
        this.pools = new Pool[loops];
    }

    /** As Envoy prints it: {@code 10.0.0.1:80} or {@code [::1]:80}. */
    private static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String text =
                ip instanceof Inet6Address
                        ? "[" + NetUtil.toAddressString(ip) + "]"
                        : ip.getHostAddress();
        return text + ":" + address.getPort();
    }

    InetSocketAddress address() {
        return address;
    }

    /**
     * Whether the other is another address of the same name, in IPv6 where this is in IPv4 or the
     * reverse.
     */
    boolean isOtherFamilyOf(Host other) {
        return endpoint.isPlaceOf(other.endpoint)
                && address.getAddress().getClass() != other.address.getAddress().getClass();
    }

    /** The configuration says something else of the same place. */
    void endpoint(EndpointAddress changed) {
        endpoint = changed;
        attributes(changed.attributes());
    }

    @Override
    public String text() {
        return text;
    }

    /** No longer an address of its cluster: what runs ends as usual, and nothing new is sent. */
    boolean removed() {
        return removed;
    }

    /** The pool of a loop, on that loop. */
    Pool pool(ClusterOnLoop onLoop) {
        int index = onLoop.loop().index();
        Pool pool = pools[index];
        if (pool == null) {
            pool = new Pool(cluster, this, onLoop);
            pools[index] = pool;
        }
        return pool;
    }

    @Override
    public int active() {
        int active = 0;
        for (Pool pool : pools) {
            if (pool != null) {
                active += pool.active();
            }
        }
        return active;
    }

    /** From any thread. */
    void remove() {
        removed = true;
        for (Pool pool : pools) {
            if (pool != null) {
                pool.onLoop().loop().execute(pool::closeIdle);
            }
        }
    }
}
