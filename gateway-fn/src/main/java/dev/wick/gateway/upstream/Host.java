package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.health.Monitor;
import dev.wick.gateway.health.Outliers;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One address of a cluster, with its connections. Each loop makes and uses pools of its own, one
 * for each protocol and priority.
 */
final class Host extends Member {

    private static final int SPEECHES = Speech.values().length;

    private final Cluster cluster;
    private volatile EndpointAddress endpoint;
    private volatile InetSocketAddress address;
    private volatile String text;
    private final @Nullable String name;
    private final AtomicReferenceArray<@Nullable Pool> pools;

    /** Those of the priority HIGH; null until there are any. */
    private volatile @Nullable AtomicReferenceArray<@Nullable Pool> ofHigh;

    private volatile @Nullable Monitor monitor;
    private volatile boolean removed;

    Host(Cluster cluster, EndpointAddress endpoint, InetSocketAddress address, int loops) {
        super(endpoint.attributes());
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.address = address;
        this.text = text(address);
        this.name = isAddress(endpoint.address()) ? null : endpoint.address();
        this.pools = new AtomicReferenceArray<>(SPEECHES * loops);
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

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(name);
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

    /** The DNS name of its endpoint, or null where that is an address. */
    @Nullable String name() {
        return name;
    }

    /** Whether it was made of this endpoint's place. */
    boolean isAt(EndpointAddress other) {
        return endpoint.isPlaceOf(other);
    }

    /** New connections go to another address. */
    void move(InetSocketAddress to) {
        if (!to.equals(address)) {
            address = to;
            text = text(to);
        }
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

    /** What outlier detection knows of it. */
    Monitor monitor(Outliers outliers) {
        Monitor known = monitor;
        if (known == null || !known.isOf(outliers)) {
            known = outliers.monitor(this);
            monitor = known;
        }
        return known;
    }

    /** No longer an address of its cluster: what runs ends as usual, and nothing new is sent. */
    boolean removed() {
        return removed;
    }

    /** The pool of a loop, on that loop, if it has one. */
    @Nullable Pool known(ClusterOnLoop onLoop, Speech speech, boolean high) {
        AtomicReferenceArray<@Nullable Pool> among = high ? ofHigh : pools;
        return among == null ? null : among.get(index(onLoop, speech));
    }

    /** The pool of a loop, on that loop. */
    Pool pool(ClusterOnLoop onLoop, Speech speech, boolean high) {
        AtomicReferenceArray<@Nullable Pool> among = high ? highPools() : pools;
        int index = index(onLoop, speech);
        Pool pool = among.get(index);
        if (pool == null) {
            pool = Pool.make(cluster, this, onLoop, speech, high);
            among.set(index, pool);
        }
        return pool;
    }

    private static int index(ClusterOnLoop onLoop, Speech speech) {
        return SPEECHES * onLoop.loop().index() + speech.ordinal();
    }

    private AtomicReferenceArray<@Nullable Pool> highPools() {
        AtomicReferenceArray<@Nullable Pool> known = ofHigh;
        return known == null ? madeHighPools() : known;
    }

    private synchronized AtomicReferenceArray<@Nullable Pool> madeHighPools() {
        AtomicReferenceArray<@Nullable Pool> known = ofHigh;
        if (known == null) {
            known = new AtomicReferenceArray<>(pools.length());
            ofHigh = known;
        }
        return known;
    }

    /** The pool has nothing: the next request makes another. On its loop. */
    void forget(Pool pool, Speech speech, boolean high) {
        (high ? highPools() : pools).compareAndSet(index(pool.onLoop(), speech), pool, null);
    }

    @Override
    public int active() {
        AtomicReferenceArray<@Nullable Pool> high = ofHigh;
        return active(pools) + (high == null ? 0 : active(high));
    }

    private static int active(AtomicReferenceArray<@Nullable Pool> pools) {
        int active = 0;
        for (int i = 0; i < pools.length(); i++) {
            Pool pool = pools.get(i);
            if (pool != null) {
                active += pool.active();
            }
        }
        return active;
    }

    /** From any thread. */
    void remove() {
        removed = true;
        closeIdle();
    }

    /** Closes the connections that carry nothing. From any thread. */
    void closeIdle() {
        // A pool that is not seen here was made after what led here was written, and sees that.
        closeIdle(pools);
        AtomicReferenceArray<@Nullable Pool> high = ofHigh;
        if (high != null) {
            closeIdle(high);
        }
    }

    private static void closeIdle(AtomicReferenceArray<@Nullable Pool> pools) {
        for (int i = 0; i < pools.length(); i++) {
            Pool pool = pools.get(i);
            if (pool != null) {
                pool.onLoop().loop().execute(pool::closeIdle);
            }
        }
    }
}
