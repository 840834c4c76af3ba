package dev.wick.gateway.upstream;

import static dev.wick.gateway.observe.ClusterMetrics.LB_SUBSETS_ACTIVE;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_DEGRADED;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_EXCLUDED;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_HEALTHY;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_TOTAL;

import dev.wick.gateway.balance.Balancer;
import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes hosts of a cluster's endpoints: an address is one, and so is each address that a name has
 * (Envoy's strict DNS). Safe for use by any thread.
 *
 * <p>Names are looked up when a request finds the last answer too old ({@link DnsSettings}, by
 * default Envoy's five seconds); the request goes on with that answer. Only where there is none
 * yet, or one so old that the hosts may long be elsewhere, it waits for the new one. So an instance
 * without traffic asks nothing and is never woken, and a name that cannot be looked up keeps the
 * addresses that it had.
 */
final class Hosts {

    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Cluster cluster;
    private final ClusterOnLoop[] onLoops;
    private final Balancing balancing = new Balancing(this::changed);
    private final LookUps lookUps;
    private volatile boolean named;

    /** Whether requests wait for the hosts to be known. */
    private volatile boolean awaited;

    private volatile boolean retired;

    // All below under this object's lock.
    private List<EndpointAddress> endpoints = List.of();

    /** The address that each endpoint is; null where it is a name. */
    private @Nullable InetAddress[] literals = {};

    private BalancerSettings settings = BalancerSettings.DEFAULT;

    /** What requests go by, or will as soon as that is built. */
    private Host[] hosts = {};

    private boolean known;
    private @Nullable BalancerSettings balanced;
    private @Nullable List<EndpointAddress> balancedOf;
    private final Map<InetSocketAddress, Long> unreachable = new HashMap<>();

    Hosts(Cluster cluster, ClusterOnLoop[] onLoops, Names.LookUp names) {
        this.cluster = cluster;
        this.onLoops = onLoops;
        this.lookUps = new LookUps(cluster, onLoops[0].loop(), names, this::answered);
    }

    /** The hosts as known now, however old. */
    HostSet now() {
        return balancing.now();
    }

    /**
     * The hosts for a request; looks names up where their answer is old, and says that none are
     * known where it is too old.
     */
    HostSet current() {
        HostSet set = now();
        if (!set.known()) {
            awaited = true; // Before it is looked at again: who brings the hosts sees the one.
            set = now();
        }
        long stale = set.balancer().staleNanos();
        if (stale != 0 && System.nanoTime() - stale >= 0) {
            balancing.weighAnew(set);
            set = now();
        }
        if (!named) {
            return set;
        }
        long time = System.nanoTime();
        if (lookUps.fresh(time)) {
            return set;
        }
        if (!lookUps.asking()) {
            lookUpWhereDue();
        }
        return lookUps.tooOld(time) ? HostSet.UNKNOWN : set;
    }

    synchronized void change(ClusterSettings changed) {
        settings = changed.balancing();
        endpoints = changed.endpoints();
        unreachable.clear();
        Set<String> names = readAddresses();
        named = !names.isEmpty();
        lookUps.change(changed.dns(), names);
        rebuild(null);
    }

    /** Returns what is a name. */
    private Set<String> readAddresses() {
        literals = new @Nullable InetAddress[endpoints.size()];
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < literals.length; i++) {
            String address = endpoints.get(i).address();
            literals[i] = Names.literal(address);
            if (literals[i] == null) {
                found.add(address);
            }
        }
        return found;
    }

    synchronized void retire() {
        retired = true;
        lookUps.retire();
        for (Host host : now().hosts()) {
            host.remove();
        }
    }

    /** Closes the connections that carry nothing. */
    void closeIdle() {
        for (Host host : now().hosts()) {
            host.closeIdle();
        }
    }

    /**
     * A host could not be connected to. Where its name has an address in the other family, as
     * {@code localhost} often has, the host is left out for a minute: many servers listen in one
     * family only.
     *
     * @return a host in the other family, or null
     */
    @Nullable Host otherFamily(Host failed) {
        return failed.name() == null ? null : otherFamilyOf(failed);
    }

    private synchronized @Nullable Host otherFamilyOf(Host failed) {
        for (Host host : hosts) {
            if (host.isOtherFamilyOf(failed)) {
                unreachable.put(failed.address(), System.nanoTime());
                rebuild(null);
                return host;
            }
        }
        if (!unreachable.isEmpty()) {
            unreachable.clear();
            rebuild(null);
        }
        return null;
    }

    private synchronized void lookUpWhereDue() {
        if (!lookUps.asking() && !lookUps.fresh(System.nanoTime())) {
            lookUps.ask();
        }
    }

    private synchronized void answered(String name, InetAddress[] found, long ttl) {
        if (!lookUps.take(name, found, ttl)) {
            return;
        }
        long longAgo = System.nanoTime() - OLD_NANOS;
        unreachable.values().removeIf(since -> since - longAgo < 0);
        if (!rebuild(this::resume) && known) {
            lookUps.count(ClusterMetrics.UPDATE_NO_REBUILD);
            resume();
        }
    }

    /**
     * Under the lock. Hosts whose address stays are the same objects.
     *
     * @return false where nothing was to be changed
     */
    private boolean rebuild(@Nullable Runnable then) {
        Map<InetSocketAddress, Host> before = new HashMap<>();
        for (Host host : hosts) {
            before.put(host.address(), host);
        }
        Map<InetSocketAddress, Host> after = new LinkedHashMap<>();
        boolean allKnown = true;
        for (int i = 0; i < literals.length; i++) {
            EndpointAddress endpoint = endpoints.get(i);
            InetAddress literal = literals[i];
            InetAddress[] addresses =
                    literal != null
                            ? new InetAddress[] {literal}
                            : lookUps.addresses(endpoint.address());
            if (addresses == null) {
                allKnown = false;
                continue;
            }
            if (lookUps.logical() && addresses.length > 0) {
                logical(endpoint, addresses[0], before, after);
                continue;
            }
            for (InetAddress address : addresses) {
                InetSocketAddress key = new InetSocketAddress(address, endpoint.port());
                if (!unreachable.containsKey(key)) {
                    Host kept = before.remove(key);
                    Host host = kept == null ? made(endpoint, key) : kept;
                    if (after.putIfAbsent(key, host) == null) {
                        host.endpoint(endpoint);
                    }
                }
            }
        }
        return replace(after, allKnown || !after.isEmpty(), then);
    }

    private Host made(EndpointAddress endpoint, InetSocketAddress address) {
        Host host = new Host(cluster, endpoint, address, onLoops.length);
        cluster.health().added(host);
        return host;
    }

    /** One host, which moves where the name's first address goes; its connections stay. */
    private void logical(
            EndpointAddress endpoint,
            InetAddress address,
            Map<InetSocketAddress, Host> before,
            Map<InetSocketAddress, Host> after) {
        InetSocketAddress key = new InetSocketAddress(address, endpoint.port());
        Host host = null;
        for (Host earlier : List.copyOf(before.values())) {
            if (host == null && earlier.isAt(endpoint)) {
                host = earlier;
                before.remove(earlier.address());
                earlier.move(key);
            }
        }
        if (host == null) {
            host = made(endpoint, key);
        }
        host.endpoint(endpoint);
        after.put(key, host);
    }

    /** Returns false where nothing was to be changed. */
    private boolean replace(
            Map<InetSocketAddress, Host> found, boolean nowKnown, @Nullable Runnable then) {
        Host[] after = found.values().toArray(new Host[0]);
        if (endpoints == balancedOf && same(hosts, after)) {
            // The addresses of a name come in any order: that alone moves no request.
            if (nowKnown == known && settings == balanced) {
                return false;
            }
            after = hosts;
        }
        hosts = after;
        known = nowKnown;
        balanced = settings;
        balancedOf = endpoints;
        balancing.change(after, nowKnown, settings, then);
        return true;
    }

    private static boolean same(Host[] some, Host[] others) {
        return some == others
                || Arrays.equals(some, others)
                || some.length == others.length && among(some).containsAll(Arrays.asList(others));
    }

    private static Set<Host> among(Host[] hosts) {
        return new HashSet<>(Arrays.asList(hosts));
    }

    /** Requests go by another set now. */
    private void changed(HostSet before, HostSet after) {
        boolean same = same(before.hosts(), after.hosts());
        if (!same) {
            Set<Host> kept = among(after.hosts());
            for (Host host : before.hosts()) {
                if (!kept.contains(host)) {
                    host.remove();
                }
            }
        }
        if (retired) {
            for (Host host : after.hosts()) {
                host.remove();
            }
        } else if (!same || before.known() != after.known()) {
            cluster.health().members();
        }
        if (!before.known() && awaited) {
            resume();
        }
        count(before.balancer(), after.balancer(), same ? 0 : 1);
    }

    private void resume() {
        if (now().known()) {
            for (ClusterOnLoop onLoop : onLoops) {
                onLoop.loop().execute(onLoop::resume);
            }
        }
    }

    /** The health of hosts has changed. */
    void balance() {
        balancing.weigh(null);
    }

    /** All hosts are checked. */
    void balance(Runnable then) {
        balancing.weigh(then);
    }

    private void count(Balancer from, Balancer to, int changes) {
        Balancer.Sizes before = from.sizes();
        Balancer.Sizes after = to.sizes();
        int subsets = to.subsetCount() - from.subsetCount();
        if (changes == 0 && subsets == 0 && after.same(before)) {
            return;
        }
        MetricSet metrics = cluster.metrics();
        onLoops[0]
                .loop()
                .execute(
                        () -> {
                            metrics.add(0, MEMBERSHIP_TOTAL, after.total() - before.total());
                            metrics.add(0, MEMBERSHIP_HEALTHY, after.healthy() - before.healthy());
                            metrics.add(
                                    0, MEMBERSHIP_DEGRADED, after.degraded() - before.degraded());
                            metrics.add(
                                    0, MEMBERSHIP_EXCLUDED, after.excluded() - before.excluded());
                            metrics.add(0, LB_SUBSETS_ACTIVE, subsets);
                            if (changes > 0) {
                                metrics.count(0, ClusterMetrics.MEMBERSHIP_CHANGE);
                            }
                        });
    }
}
