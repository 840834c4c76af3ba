package dev.wick.gateway.upstream;

import static dev.wick.gateway.observe.ClusterMetrics.LB_SUBSETS_ACTIVE;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_DEGRADED;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_EXCLUDED;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_HEALTHY;
import static dev.wick.gateway.observe.ClusterMetrics.MEMBERSHIP_TOTAL;

import dev.wick.gateway.balance.Balancer;
import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.DnsNames;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
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
    private final Names.LookUp names;

    private volatile HostSet now = HostSet.UNKNOWN;
    private volatile boolean named;

    /** When all names were answered for last; 0 before. */
    private volatile long lookedUpNanos;

    /** When they are asked for again. */
    private volatile long dueNanos;

    // All below under this object's lock.
    private List<EndpointAddress> endpoints = List.of();
    private BalancerSettings settings = BalancerSettings.DEFAULT;

    /** What {@link #now} was made for. */
    private @Nullable BalancerSettings balanced;

    private @Nullable List<EndpointAddress> balancedOf;
    private Balancer.Sizes counted = Balancer.Sizes.NONE;
    private int subsetsCounted;
    private final Map<String, InetAddress[]> answers = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<InetSocketAddress, Long> unreachable = new HashMap<>();
    private boolean retired;
    private DnsSettings dns = DnsSettings.DEFAULT;
    private @Nullable DnsNames own;
    private int failures;
    private boolean anyFailed;
    private long ttlSeconds = -1;

    Hosts(Cluster cluster, ClusterOnLoop[] onLoops, Names.LookUp names) {
        this.cluster = cluster;
        this.onLoops = onLoops;
        this.names = names;
    }

    /** The hosts as known now, however old. */
    HostSet now() {
        return now;
    }

    /**
     * The hosts for a request; looks names up where their answer is old, and says that none are
     * known where it is too old.
     */
    HostSet current() {
        HostSet set = now;
        long stale = set.balancer().staleNanos();
        if (stale != 0 && System.nanoTime() - stale >= 0) {
            balance();
            set = now;
        }
        if (!named) {
            return set;
        }
        long time = System.nanoTime();
        if (set.known() && time - dueNanos < 0) {
            return set;
        }
        lookUp();
        return time - dueNanos < OLD_NANOS || lookedUpNanos == 0 ? set : HostSet.UNKNOWN;
    }

    synchronized void change(ClusterSettings changed) {
        settings = changed.balancing();
        endpoints = changed.endpoints();
        if (!dns.equals(changed.dns())) {
            dns = changed.dns();
            closeOwn();
            asked.clear(); // What was answered before holds until it is answered anew.
        }
        unreachable.clear();
        boolean anyName = false;
        for (EndpointAddress endpoint : endpoints) {
            anyName |= Names.literal(endpoint.address()) == null;
        }
        named = anyName;
        if (anyName) {
            lookUp();
        }
        rebuild();
    }

    synchronized void retire() {
        retired = true;
        closeOwn();
        for (Host host : now.hosts()) {
            host.remove();
        }
    }

    /** Closes the connections that carry nothing. */
    void closeIdle() {
        for (Host host : now.hosts()) {
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
    synchronized @Nullable Host otherFamily(Host failed) {
        for (Host host : now.hosts()) {
            if (host.isOtherFamilyOf(failed)) {
                unreachable.put(failed.address(), System.nanoTime());
                rebuild();
                return host;
            }
        }
        if (!unreachable.isEmpty()) {
            unreachable.clear();
            rebuild();
        }
        return null;
    }

    private synchronized void lookUp() {
        for (EndpointAddress endpoint : endpoints) {
            String name = endpoint.address();
            if (Names.literal(name) == null && asked.add(name)) {
                countLookUp(ClusterMetrics.UPDATE_ATTEMPT);
                lookUps().lookUp(name, Runnable::run, new Answer(name, dns));
            }
        }
    }

    private Names.LookUp lookUps() {
        if (!dns.own() || retired) {
            return names;
        }
        DnsNames made = own;
        if (made == null) {
            made = new DnsNames(onLoops[0].loop(), dns.servers());
            own = made;
        }
        return made;
    }

    private void closeOwn() {
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** Hears of one name. */
    private final class Answer implements Names.Found {

        private final String name;
        private final DnsSettings askedBy;

        Answer(String name, DnsSettings askedBy) {
            this.name = name;
            this.askedBy = askedBy;
        }

        @Override
        public void found(InetAddress[] addresses) {
            found(addresses, -1);
        }

        @Override
        public void found(InetAddress[] addresses, long ttl) {
            answered(name, Families.of(addresses, askedBy), ttl);
        }
    }

    private synchronized void answered(String name, InetAddress[] found, long ttl) {
        asked.remove(name);
        boolean failed = found.length == 0;
        countLookUp(failed ? ClusterMetrics.UPDATE_FAILURE : ClusterMetrics.UPDATE_SUCCESS);
        anyFailed |= failed;
        ttlSeconds = ttl > 0 && (ttlSeconds < 0 || ttl < ttlSeconds) ? ttl : ttlSeconds;
        if (found.length > 0 || !answers.containsKey(name)) {
            answers.put(name, found);
        }
        if (asked.isEmpty()) {
            lookedUpNanos = System.nanoTime() | 1;
            failures = anyFailed ? failures + 1 : 0;
            long rest = anyFailed ? dns.failureMillis(failures) : dns.restMillis(ttlSeconds);
            dueNanos = lookedUpNanos + TimeUnit.MILLISECONDS.toNanos(rest);
            anyFailed = false;
            ttlSeconds = -1;
        }
        long longAgo = System.nanoTime() - OLD_NANOS;
        unreachable.values().removeIf(since -> since - longAgo < 0);
        HostSet before = now;
        rebuild();
        if (before.known() && now == before) {
            countLookUp(ClusterMetrics.UPDATE_NO_REBUILD);
        }
        if (now.known()) {
            for (ClusterOnLoop onLoop : onLoops) {
                onLoop.loop().execute(onLoop::resume);
            }
        }
    }

    /** Under the lock. Hosts whose address stays are the same objects. */
    private void rebuild() {
        Map<InetSocketAddress, Host> before = new HashMap<>();
        for (Host host : now.hosts()) {
            before.put(host.address(), host);
        }
        Map<InetSocketAddress, Host> after = new LinkedHashMap<>();
        boolean known = true;
        for (EndpointAddress endpoint : endpoints) {
            InetAddress literal = Names.literal(endpoint.address());
            InetAddress[] addresses =
                    literal != null ? new InetAddress[] {literal} : answers.get(endpoint.address());
            if (addresses == null) {
                known = false;
                continue;
            }
            if (dns.logical() && addresses.length > 0) {
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
        replace(after, known || !after.isEmpty());
        before.values().forEach(Host::remove);
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
        for (Host known : List.copyOf(before.values())) {
            if (host == null && known.isAt(endpoint)) {
                host = known;
                before.remove(known.address());
                known.move(key);
            }
        }
        if (host == null) {
            host = made(endpoint, key);
        }
        host.endpoint(endpoint);
        after.put(key, host);
    }

    private void replace(Map<InetSocketAddress, Host> hosts, boolean known) {
        Host[] after = hosts.values().toArray(new Host[0]);
        boolean same = Arrays.equals(now.hosts(), after);
        boolean sameKnown = same && known == now.known();
        if (sameKnown && settings == balanced && endpoints == balancedOf) {
            return; // Nothing to weigh anew: a name has the addresses that it had.
        }
        balanced = settings;
        balancedOf = endpoints;
        now = new HostSet(after, known, Balancer.of(settings, Arrays.asList(after)));
        if (retired) {
            hosts.values().forEach(Host::remove);
        } else if (!sameKnown) {
            cluster.health().members();
        }
        count(same ? 0 : 1);
    }

    /** The health of hosts has changed, or is to be weighed anew. */
    synchronized void balance() {
        HostSet set = now;
        Host[] hosts = set.hosts();
        now = new HostSet(hosts, set.known(), Balancer.of(settings, Arrays.asList(hosts)));
        count(0);
    }

    private void countLookUp(Metric.Counter counter) {
        onLoops[0].loop().execute(() -> cluster.metrics().count(0, counter));
    }

    private void count(int changes) {
        Balancer.Sizes before = counted;
        Balancer.Sizes after = now.balancer().sizes();
        int subsets = now.balancer().subsetCount() - subsetsCounted;
        if (changes == 0 && subsets == 0 && after.same(before)) {
            return;
        }
        counted = after;
        subsetsCounted += subsets;
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
